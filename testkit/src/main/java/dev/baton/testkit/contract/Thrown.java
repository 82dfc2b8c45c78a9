package dev.baton.testkit.contract;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** What a body may throw; the tests throw each of these on every backend. */
@SuppressWarnings("ImmutableEnumChecker") // nobody changes the exceptions
public enum Thrown {
  /** A checked exception. */
  CHECKED(new FileNotFoundException("no such file")),
  /** An unchecked exception. */
  UNCHECKED(new IllegalStateException("bad state")),
  /** Without a message. */
  WITHOUT_MESSAGE(new UnsupportedOperationException()),
  /** With two causes below it. */
  WITH_CAUSES(new IOException("top", new RuntimeException("middle", new Error("bottom")))),
  /** With another exception beside it. */
  WITH_SUPPRESSED(suppressing()),
  /** What a cancelled future throws. */
  CANCELLATION(new CancellationException("thrown by the body")),
  /** What CompletableFuture wraps exceptions in. */
  COMPLETION(new CompletionException("thrown by the body", new IOException("inner"))),
  /** What futures wrap exceptions in. */
  EXECUTION(new ExecutionException("thrown by the body", new IOException("inner"))),
  /** What an interrupted wait throws, without any interrupt. */
  INTERRUPTED(new InterruptedException("thrown by the body")),
  /** A timeout of the body's own. */
  TIMEOUT(new TimeoutException("thrown by the body")),
  /** An error that tests throw. */
  ASSERTION(new AssertionError("thrown by the body")),
  /** An error of the JVM. */
  OUT_OF_MEMORY(new OutOfMemoryError("thrown by the body")),
  /** Another error of the JVM. */
  STACK_OVERFLOW(new StackOverflowError("thrown by the body")),
  /** An error of the class loader. */
  LINKAGE(new NoClassDefFoundError("thrown by the body"));

  private final Throwable throwable;

  Thrown(Throwable throwable) {
    this.throwable = throwable;
  }

  private static Throwable suppressing() {
    IOException top = new IOException("top");
    top.addSuppressed(new IllegalArgumentException("beside it"));
    top.addSuppressed(new Error("and beside that"));
    return top;
  }

  /**
   * Returns the exception: one object for each constant and JVM.
   *
   * @return the exception
   */
  Throwable get() {
    return throwable;
  }

  /** Throws it. */
  void raise() throws Exception {
    rethrow(throwable);
  }

  /** Throws an exception, as a body does. */
  static void rethrow(Throwable failure) throws Exception {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (Exception) failure;
  }
}
