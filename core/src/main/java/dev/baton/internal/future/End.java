package dev.baton.internal.future;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The end of a future as it stands in its one field: a plain value stands for itself; these stand
 * for everything else. No user object can be one of them.
 */
public abstract sealed class End {

  /** The end of a future whose result is null. */
  public static final End NULL = new NullValue();

  private End() {}

  /** Returns what stands for a result. */
  public static Object of(@Nullable Object value) {
    return value == null ? NULL : value;
  }

  /**
   * Returns what stands for the end of a foreign stage: its exception without the usual wrapper.
   */
  public static Object ofStage(@Nullable Object value, @Nullable Throwable failure) {
    return failure == null ? of(value) : new Failed(unwrapped(failure));
  }

  /** Returns the exception behind a {@link CompletionException} or {@link ExecutionException}. */
  static Throwable unwrapped(Throwable failure) {
    boolean isWrapper =
        failure.getClass() == CompletionException.class
            || failure.getClass() == ExecutionException.class;
    Throwable cause = failure.getCause();
    return isWrapper && cause != null ? cause : failure;
  }

  static boolean isValue(Object end) {
    return !(end instanceof Failed) && !(end instanceof Cancelled);
  }

  /** Returns the result behind a value's end, and null behind any other. */
  public static @Nullable Object value(Object end) {
    return end instanceof End ? null : end;
  }

  /** Returns the exception that handlers are given, or null for a value. */
  static @Nullable Throwable failure(Object end) {
    if (end instanceof Failed failed) {
      return failed.cause();
    }
    return end instanceof Cancelled cancelled ? cancelled.exception() : null;
  }

  private static final class NullValue extends End {}

  /** The end by an exception. */
  public static final class Failed extends End {
    private final Throwable cause;

    /** Makes an end of the very exception that the body threw. */
    public Failed(Throwable cause) {
      this.cause = cause;
    }

    /** Returns the very exception that the body threw. */
    public Throwable cause() {
      return cause;
    }
  }

  /** The end by a cancel. */
  public static final class Cancelled extends End {
    private final Supplier<String> message;

    /**
     * Makes an end.
     *
     * @param message says who was cancelled, and by whom, if anybody asks; few do
     */
    public Cancelled(Supplier<String> message) {
      this.message = message;
    }

    /** Returns a new exception for a caller. */
    public CancellationException exception() {
      return new CancellationException(message.get());
    }
  }
}
