package dev.baton.internal.future;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * An alarm at one of many futures, which tells of its end once.
 *
 * @param <T> the type of the result
 */
public abstract class Watch<T extends @Nullable Object> extends Callback.Alarm {

  private static final VarHandle WATCHING;

  static {
    try {
      WATCHING = MethodHandles.lookup().findVarHandle(Watch.class, "watching", boolean.class);
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  /** The future, or the one that ends as a foreign one does. */
  private final BatonFuture<T> watched;

  /**
   * Cleared by compare-and-set: by who tells, so that it is told once, or by who no longer wants to
   * be told.
   */
  private volatile boolean watching = true;

  /** Prepares to watch a future. */
  protected Watch(CompletionStage<T> future) {
    this.watched = Dependent.adopt(future);
  }

  /** Is told that the future is done, by the thread that completed it; must not block. */
  protected abstract void done();

  /** Returns the future, or the one that ends as a foreign one does. */
  public final BatonFuture<T> watched() {
    return watched;
  }

  /** Begins to watch; tells at once if the future is done. */
  public final void begin() {
    watched.alarm(this);
  }

  /** Stops to watch. */
  public final void end() {
    if (watching && WATCHING.compareAndSet(this, true, false)) {
      watched.unlink();
    }
  }

  @Override
  final void ring() {
    if (!watched.isDone()) {
      return; // a result has arrived that is yet to be decoded
    }
    if (watching && WATCHING.compareAndSet(this, true, false)) {
      done();
    }
  }

  @Override
  final boolean isDead() {
    return !watching;
  }
}
