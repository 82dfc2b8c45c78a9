package dev.baton.process.codec;

import dev.baton.TaskEncodingException;
import java.io.NotSerializableException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Says what could not be encoded, how it is reached, and what can be done. */
final class EncodingProblem {

  private EncodingProblem() {}

  static TaskEncodingException explain(
      @Nullable Object value, Encoder.Role role, Throwable failure) {
    String what = "Cannot encode the " + role.noun() + ": ";
    return new TaskEncodingException(what + why(value, role, failure), failure);
  }

  private static String why(@Nullable Object value, Encoder.Role role, Throwable failure) {
    if (failure instanceof PayloadTooLargeException) {
      return failure.getMessage() + ". Send it in smaller parts.";
    }
    if (failure instanceof OutOfMemoryError) {
      return "its encoded form does not fit into the heap. Send it in smaller parts, or raise -Xmx.";
    }
    ObstaclePath path = value == null ? null : ObstaclePath.of(value, ObstacleFinder.find(value));
    if (failure instanceof StackOverflowError) {
      return subject(path)
          + " is nested too deeply for this thread's stack. Send it in a flatter shape, such as a"
          + " list or an array.";
    }
    if (path != null && failure instanceof NotSerializableException) {
      return notSerializable(path, role);
    }
    return thrown(path, failure);
  }

  private static String subject(@Nullable ObstaclePath path) {
    String described = path == null ? "" : path.describe();
    return described.isEmpty() ? "it" : described + ",";
  }

  private static String thrown(@Nullable ObstaclePath path, Throwable failure) {
    String subject = subject(path);
    String type = path == null ? "" : " (a " + path.end().getClass().getTypeName() + ")";
    return subject.replaceFirst(",$", "")
        + type
        + " cannot be written: "
        + failure.getClass().getName()
        + ": "
        + StandIn.messageOf(failure)
        + ". Mend how it is serialized, or build it where it is needed.";
  }

  private static String notSerializable(ObstaclePath path, Encoder.Role role) {
    Class<?> given = path.given().getClass();
    if (role == Encoder.Role.TASK && isWrapper(given)) {
      return "it is a " + given.getTypeName() + wrapperCure(given);
    }
    Class<?> type = path.end().getClass();
    if (type.isHidden() && type.isSynthetic()) {
      return subject(path) + " is " + plainLambda(type) + lambdaCure(type, path, role);
    }
    String name = type.getTypeName();
    String start = subject(path) + " is a " + name;
    return start + ", which is not serializable." + cure(type, role);
  }

  private static String plainLambda(Class<?> type) {
    String name = type.getName();
    int end = name.indexOf("$$Lambda");
    String owner = end < 0 ? name : name.substring(0, end);
    return "a lambda of "
        + owner
        + ", a plain "
        + interfaceOf(type)
        + ", which is not serializable.";
  }

  private static String interfaceOf(Class<?> type) {
    Class<?>[] interfaces = type.getInterfaces();
    return interfaces.length == 0 ? "object" : interfaces[0].getTypeName();
  }

  private static String lambdaCure(Class<?> type, ObstaclePath path, Encoder.Role role) {
    if (role == Encoder.Role.TASK && path.describe().isEmpty()) {
      return " It was given through the static type ExecutorService, or to a parameter of the plain"
          + " type. Give the lambda to submit, map or bind of a variable of type Baton, or declare"
          + " it as a dev.baton.Task.";
    }
    String plain = ClassNames.shortName(interfaceOf(type));
    return " Declare it with a serializable type, such as dev.baton.TaskFunction, or cast it to ("
        + plain
        + " & Serializable).";
  }

  private static boolean isWrapper(Class<?> type) {
    return type.getName().startsWith("java.util.concurrent.");
  }

  private static String wrapperCure(Class<?> type) {
    String given =
        type.getName().startsWith(CompletableFuture.class.getName())
            ? "Use baton.submit(task).toCompletableFuture() in place of supplyAsync and runAsync."
            : "Give the task itself to submit of a variable of type Baton.";
    return ", a wrapper of the JDK around the task, which cannot be encoded. " + given;
  }

  private static String cure(Class<?> type, Encoder.Role role) {
    String name = type.getTypeName();
    String serializable = " Either make " + name + " implement java.io.Serializable, or ";
    return switch (role) {
      case TASK ->
          serializable
              + "build it inside the task: with bind(perWorker, function), or as a resource("
              + ClassNames.shortName(name).replace('$', '.')
              + ".class, factory) of the executor's options.";
      case RESULT -> serializable + "return what is needed of it in a serializable form.";
      case VALUE -> serializable + "pass what is needed of it in a serializable form.";
      case EXCEPTION -> serializable + "mark the field transient.";
    };
  }
}
