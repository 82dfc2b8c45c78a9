package dev.baton.internal.future;

import dev.baton.TaskFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An alarm at one of many futures, which tells of its end once. */
public final class Watch<T extends @Nullable Object> extends Callback.Alarm {

  /** Who watches many futures. */
  public interface Observer<T extends @Nullable Object> {

    /** Is told that a future is done, by the thread that completed it; must not block. */
    void done(TaskFuture<T> future);
  }

  private final TaskFuture<T> future;

  /** The same future, or the one that ends as a foreign one does. */
  private final BatonFuture<T> watched;

  /** Taken by who tells, so that it is told once, or by who no longer wants to be told. */
  private final AtomicReference<@Nullable Observer<T>> observer;

  private Watch(Observer<T> observer, TaskFuture<T> future) {
    this.observer = new AtomicReference<>(observer);
    this.future = future;
    this.watched = Dependent.adopt(future);
  }

  /** Begins to watch a future; tells at once if it is done. */
  public static <T extends @Nullable Object> Watch<T> at(
      TaskFuture<T> future, Observer<T> observer) {
    Watch<T> watch = new Watch<>(observer, future);
    watch.watched.alarm(watch);
    return watch;
  }

  /** Stops to watch. */
  public void end() {
    if (observer.getAndSet(null) != null) {
      watched.unlink();
    }
  }

  @Override
  void ring() {
    if (!watched.isDone()) {
      return; // a result has arrived that is yet to be decoded
    }
    Observer<T> toTell = observer.getAndSet(null);
    if (toTell != null) {
      toTell.done(future);
    }
  }

  @Override
  boolean isDead() {
    return observer.get() == null;
  }
}
