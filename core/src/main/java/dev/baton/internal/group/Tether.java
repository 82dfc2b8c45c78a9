package dev.baton.internal.group;

import dev.baton.internal.future.Occupant;
import dev.baton.internal.task.CurrentTask;
import dev.baton.internal.task.SubmittedTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ties a group to the task in whose body it was opened: asked to stop, the task takes the members
 * along; over, it leaves none behind. The task keeps the tether for as long as it runs, so that is
 * cut when the group is closed.
 */
final class Tether {

  private static final Logger LOG = LoggerFactory.getLogger(Tether.class);

  private final String task;

  /** Cleared when it is cut. */
  private volatile @Nullable Group group;

  /** Set before the members are cancelled. */
  private volatile boolean isPulled;

  private Tether(Group group, String task) {
    this.group = group;
    this.task = task;
  }

  /** Ties a group to the task that this thread runs, if it runs one. */
  @SuppressWarnings("serial") // the hook stays in this JVM
  static @Nullable Tether of(Group group) {
    CurrentTask current = CurrentTask.find();
    if (current == null) {
      return null;
    }
    Tether tether = new Tether(group, current.context().name());
    current.context().onCancel(tether::pull);
    if (Occupant.current() instanceof SubmittedTask<?> body) {
      body.terminated().onDone(over -> tether.cutByTheEnd());
    }
    return tether;
  }

  private void pull() {
    Group present = group;
    if (present != null) {
      isPulled = true;
      present.cancelMembers();
    }
  }

  private void cutByTheEnd() {
    Group present = group;
    if (present != null) {
      LOG.warn("Task {} did not close {}; its members are cancelled", task, present);
      pull();
      cut();
    }
  }

  /** Lets go of the group. */
  void cut() {
    group = null;
  }

  /** Tells whether the task was asked to stop while the group was open. */
  boolean isPulled() {
    return isPulled;
  }

  String task() {
    return task;
  }
}
