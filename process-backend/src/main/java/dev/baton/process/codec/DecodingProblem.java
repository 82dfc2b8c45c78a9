package dev.baton.process.codec;

import dev.baton.TaskEncodingException;
import java.io.EOFException;
import java.io.OptionalDataException;
import java.io.StreamCorruptedException;
import org.jspecify.annotations.Nullable;

/** Says why a payload could not be decoded, and what can be done. */
final class DecodingProblem {

  private DecodingProblem() {}

  static TaskEncodingException explain(
      Throwable failure, long size, @Nullable DecodingFilter filter, ClassLoader loader) {
    String refusal = filter == null ? null : filter.refusal();
    String why = refusal == null ? why(failure, loader) : refused(refusal);
    return new TaskEncodingException(
        "Cannot decode a payload of " + size + " bytes: " + why, failure);
  }

  private static String refused(String refusal) {
    return refusal + ". If it may be decoded, widen the filter, or send it in smaller parts.";
  }

  private static String why(Throwable failure, ClassLoader loader) {
    if (failure instanceof ClassNotFoundException || failure instanceof NoClassDefFoundError) {
      return "class "
          + failure.getMessage()
          + " was not found by "
          + loader
          + ". Put it on the class path of both sides.";
    }
    if (failure instanceof NoSuchMethodException) {
      return failure.getMessage()
          + " is missing, so the class has no serializable lambdas here. Give both sides the same"
          + " classes.";
    }
    return deeper(failure);
  }

  private static String deeper(Throwable failure) {
    if (failure instanceof StackOverflowError) {
      return "its objects are nested too deeply for this thread's stack. Send them in a flatter"
          + " shape, such as a list or an array.";
    }
    if (failure instanceof EOFException) {
      return "the bytes are damaged: they end too early.";
    }
    if (failure instanceof OptionalDataException) {
      return "the bytes are damaged: data stands where an object is due.";
    }
    if (failure instanceof StreamCorruptedException) {
      return failure.getMessage() + ".";
    }
    return failure.getClass().getName()
        + ": "
        + StandIn.messageOf(failure)
        + ". It was thrown while an object was read; the cause shows where.";
  }
}
