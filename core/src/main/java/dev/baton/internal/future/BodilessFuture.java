package dev.baton.internal.future;

import dev.baton.CancelMode;
import dev.baton.TaskFuture;
import dev.baton.TaskInfo;
import dev.baton.TaskProgress;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A future that runs nothing: its end is made from the ends of others, or told by whoever made it.
 *
 * @param <T> the type of the result
 */
public class BodilessFuture<T extends @Nullable Object> extends BatonFuture<T> {

  private final String role;
  private final Home home;
  private final long id;
  private final @Nullable String givenName;

  /** Makes a future that says of itself, say, "dependent of" the given one. */
  public BodilessFuture(String role, BatonFuture<?> origin) {
    this.role = role;
    this.home = origin.home();
    this.id = origin.id();
    this.givenName = origin.givenName();
  }

  /** Makes a future that belongs to no executor. */
  BodilessFuture() {
    this.role = "";
    this.home = Home.NOWHERE;
    this.id = 0;
    this.givenName = null;
  }

  /** Makes a future that belongs to no executor, to be settled by whoever made it. */
  public static <T extends @Nullable Object> BodilessFuture<T> pending() {
    return new BodilessFuture<>();
  }

  /** Decides the end, unless it is decided, and calls back on this thread. */
  public final void settleAndDrain(Object end) {
    if (settle(end)) {
      drain();
    }
  }

  /** Decides the end, unless it is decided, and calls back on another thread. */
  public final void settleAndDrainElsewhere(Object end) {
    if (settle(end)) {
      drainElsewhere();
    }
  }

  @Override
  protected final Home home() {
    return home;
  }

  @Override
  protected final long id() {
    return id;
  }

  @Override
  protected final @Nullable String givenName() {
    return givenName;
  }

  @Override
  public boolean cancel(CancelMode mode) {
    Objects.requireNonNull(mode, "mode");
    settleAndDrain(new End.Cancelled(() -> sentence(name()) + " was cancelled."));
    return isCancelled();
  }

  @Override
  public final TaskFuture<Void> terminated() {
    return Dependent.of(this, null, (first, second) -> End.NULL);
  }

  @Override
  public final boolean isRunning() {
    return false;
  }

  @Override
  public final TaskInfo info() {
    return new TaskInfo(
        id, name(), home.name(), home.backend(), null, phase(), 1, null, null, null);
  }

  private static String sentence(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private String name() {
    return id == 0 ? "a future without a task" : role + " " + nameOf(id, givenName);
  }

  private TaskInfo.Phase phase() {
    return switch (state()) {
      case RUNNING -> TaskInfo.Phase.PENDING;
      case SUCCESS -> TaskInfo.Phase.SUCCESS;
      case FAILED -> TaskInfo.Phase.FAILED;
      case CANCELLED -> TaskInfo.Phase.CANCELLED;
    };
  }

  /** Has nothing to listen to: there is no body that could report progress. */
  @Override
  public final TaskFuture<T> onProgress(Consumer<? super TaskProgress> listener) {
    Objects.requireNonNull(listener, "listener");
    return this;
  }

  @Override
  public final String toString() {
    return "TaskFuture[" + name() + ", " + describeEnd() + "]";
  }
}
