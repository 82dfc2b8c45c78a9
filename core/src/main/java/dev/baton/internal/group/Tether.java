package dev.baton.internal.group;

import dev.baton.TaskContext;
import dev.baton.internal.task.BodyRun;
import dev.baton.internal.task.CurrentTask;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ties groups to the body in which they were opened: asked to stop, the body takes their members
 * along; over, it leaves none behind. A body has one tether, for all the groups that it opens.
 */
final class Tether implements BodyRun.Companion {

  private static final Logger LOG = LoggerFactory.getLogger(Tether.class);

  private final String task;

  /** The groups that are open; the body's thread adds them before it reads {@link #isPulled}. */
  private final Set<Group> open = ConcurrentHashMap.newKeySet();

  /** Set before the open groups are looked at: so one of the two sees the other. */
  private volatile boolean isPulled;

  private Tether(String task) {
    this.task = task;
  }

  /** Ties a group to the body that this thread runs. */
  static Tether to(BodyRun body, Group group) {
    Tether tether = body.companion() instanceof Tether present ? present : begin(body);
    tether.open.add(group);
    if (tether.isPulled) {
      group.cancelMembers();
    }
    return tether;
  }

  @SuppressWarnings("serial") // the hook stays in this JVM
  private static Tether begin(BodyRun body) {
    TaskContext context = CurrentTask.get().context();
    Tether tether = new Tether(context.name());
    body.accompany(tether);
    context.onCancel(tether::pull);
    return tether;
  }

  private void pull() {
    isPulled = true;
    open.forEach(Group::cancelMembers);
  }

  @Override
  public void bodyOver() {
    if (open.isEmpty()) {
      return;
    }
    OpenGroups.forgetLeftBehind();
    for (Group group : open) {
      LOG.warn("Task {} did not close {}; its members are cancelled", task, group);
    }
    Thread.startVirtualThread(this::pull); // members' callbacks are not for this thread
  }

  /** Lets go of a group. */
  void cut(Group group) {
    open.remove(group);
  }

  /** Tells whether the body was asked to stop, or is over. */
  boolean isPulled() {
    return isPulled;
  }

  String task() {
    return task;
  }
}
