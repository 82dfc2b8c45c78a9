package dev.baton.verification.jcstress;

import dev.baton.TaskFuture;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Notes calls in their order, and that two of them came at once. */
final class CallLog {

  private final Queue<String> calls = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean inside = new AtomicBoolean();

  /** Returns a callback that notes its number. */
  <T> Consumer<TaskFuture<T>> call(int number) {
    return future -> add(number);
  }

  void add(int number) {
    boolean alone = inside.compareAndSet(false, true);
    calls.add(alone ? "" + number : "!" + number);
    inside.set(false);
  }

  /** Is what nobody may call. */
  void impossible() {
    calls.add("?");
  }

  @Override
  public String toString() {
    return String.join("", calls);
  }
}
