package dev.baton.internal.task;

import dev.baton.internal.future.Awaited;
import dev.baton.internal.future.Home;
import dev.baton.internal.future.Occupant;
import dev.baton.spi.AwaitHook;
import dev.baton.spi.Slot;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A task whose future is elsewhere, and whose body runs here.
 *
 * @param task what the body sees of itself
 * @param slot what it lends while it waits, or null if it lends nothing
 * @param home the executor that the body submits to; asked for only if there is a slot
 * @param run the run of its body
 */
public record Visitor(CurrentTask task, @Nullable Slot slot, Supplier<Home> home, BodyRun run)
    implements Occupant {

  /** Makes a visitor whose body has not begun. */
  public Visitor(CurrentTask task, @Nullable Slot slot, Supplier<Home> home) {
    this(task, slot, home, new BodyRun());
  }

  /** Runs the body on this thread, once. */
  public <T extends @Nullable Object> T call(Callable<T> body) throws Exception {
    Occupant before = Occupant.enter(this);
    try {
      return body.call();
    } finally {
      run.end();
      Occupant.enter(before);
    }
  }

  @Override
  public String name() {
    return task.context().name();
  }

  @Override
  public boolean isOf(Home executor) {
    return slot != null && home.get() == executor;
  }

  @Override
  public boolean lendFor(Awaited awaited) {
    return slot != null
        && !awaited.isMet()
        && awaited.involves(home.get())
        && (awaited instanceof SubmittedTask<?> one
            ? slot.lend(one.id(), one.name())
            : slot.lend(0, awaited.toString()));
  }

  @Override
  public void resume(Awaited awaited) {
    if (slot != null) {
      slot.resume();
    }
  }

  @Override
  public AwaitHook awaitHook() {
    return AwaitHook.BLOCKING;
  }
}
