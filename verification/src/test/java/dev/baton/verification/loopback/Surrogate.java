package dev.baton.verification.loopback;

import dev.baton.RemoteFailureException;
import java.io.PrintWriter;
import java.io.Serial;
import java.io.Serializable;
import java.io.StringWriter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An exception on its way: as text, and as itself if it can be encoded. */
final class Surrogate implements Serializable {

  @Serial private static final long serialVersionUID = 1L;

  private final String className;
  private final String message;
  private final String stackText;
  private final byte @Nullable [] encoded;

  Surrogate(Throwable failure, byte @Nullable [] encoded) {
    this.className = failure.getClass().getName();
    this.message = text(failure::getMessage);
    this.stackText = text(() -> stackOf(failure));
    this.encoded = encoded;
  }

  /** Asks an exception for text; its own code may throw. */
  private static String text(Supplier<@Nullable String> question) {
    try {
      return String.valueOf(question.get());
    } catch (RuntimeException | StackOverflowError noAnswer) {
      return "(no text: " + noAnswer.getClass().getName() + ")";
    }
  }

  private static String stackOf(Throwable failure) {
    StringWriter stack = new StringWriter();
    failure.printStackTrace(new PrintWriter(stack, true));
    return stack.toString();
  }

  /** Returns the bytes of the exception itself, or null if only its text could travel. */
  byte @Nullable [] encoded() {
    return encoded;
  }

  /** Returns what stands for the exception where it cannot be decoded. */
  RemoteFailureException standIn() {
    return new RemoteFailureException(className, message, stackText);
  }
}
