package dev.baton.process.codec;

import dev.baton.Task;
import dev.baton.spi.TaskCall;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object as a part of the one that holds it.
 *
 * @param phrase names the part as the beginning of a path; empty if there is nothing to say
 * @param inside names it as what holds the rest of the path
 * @param value the object
 */
record Part(String phrase, String inside, @Nullable Object value) {

  private static Part of(String phrase, @Nullable Object value) {
    return new Part(phrase, "in " + phrase, value);
  }

  /** Lists what an object holds, as far as that can be seen from outside. */
  static List<Part> partsOf(Object holder) {
    try {
      if (holder instanceof Captures captures) {
        return captured(captures);
      }
      if (holder instanceof TaskCall<?> call) {
        return ofCall(call);
      }
      if (holder instanceof Object[] array) {
        return elements(array, ClassNames.shortName(holder));
      }
      if (holder.getClass().getClassLoader() == null) {
        return ofJdk(holder);
      }
      return fields(holder);
    } catch (RuntimeException unseen) {
      return List.of(); // the path then says no more than the class
    }
  }

  /**
   * What a lambda captured.
   *
   * @param lambda the lambda, taken apart
   * @param loader finds its class file
   */
  record Captures(SerializedLambda lambda, @Nullable ClassLoader loader) {}

  private static List<Part> captured(Captures captures) {
    SerializedLambda lambda = captures.lambda();
    LambdaSource source = new LambdaSource(lambda, captures.loader());
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
      String phrase = source.describeCapture(i);
      int by = phrase.indexOf("captured by");
      String inside = by < 0 ? "in " + phrase : phrase.substring(by);
      parts.add(new Part(phrase, inside, lambda.getCapturedArg(i)));
    }
    return parts;
  }

  private static List<Part> ofJdk(Object holder) {
    String name = ClassNames.shortName(holder);
    if (holder instanceof Collection<?> collection) {
      return elements(collection.toArray(), name);
    }
    List<Part> parts = new ArrayList<>();
    if (holder instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            parts.add(of("a key of " + name, key));
            parts.add(of("the value for key " + keyText(key) + " of " + name, value));
          });
    }
    return parts;
  }

  private static String keyText(@Nullable Object key) {
    return key instanceof CharSequence || key instanceof Number || key instanceof Enum
        ? key.toString()
        : "of type " + (key == null ? "null" : ClassNames.shortName(key));
  }

  private static List<Part> elements(@Nullable Object[] elements, String holder) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < elements.length; i++) {
      parts.add(of("element " + i + " of " + holder, elements[i]));
    }
    return parts;
  }

  private static List<Part> fields(Object holder) {
    List<Part> parts = new ArrayList<>();
    for (Class<?> type = holder.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        int modifiers = field.getModifiers();
        boolean written = !Modifier.isStatic(modifiers) && !Modifier.isTransient(modifiers);
        if (written && !field.getType().isPrimitive() && field.trySetAccessible()) {
          parts.add(field(holder, field));
        }
      }
    }
    return parts;
  }

  private static Part field(Object holder, Field field) {
    try {
      Object value = field.get(holder);
      return of("field " + field.getName() + " of " + ClassNames.shortName(holder), value);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible); // it was made accessible
    }
  }

  /** The parts of a call, by their accessors: our own module opens nothing either. */
  private static List<Part> ofCall(TaskCall<?> call) {
    if (call instanceof TaskCall.OfAction of) {
      return List.of(task(of.action()));
    }
    if (call instanceof TaskCall.OfRunnable<?> of) {
      return List.of(task(of.runnable()), of("the result to return", of.result()));
    }
    if (call instanceof TaskCall.OfFunction<?, ?> of) {
      return List.of(task(of.function()), of("the argument", of.argument()));
    }
    if (call instanceof TaskCall.OfStage<?> of) {
      return List.of(task(of.task()));
    }
    if (call instanceof TaskCall.OfChunk<?, ?> of) {
      return ofChunk(of);
    }
    if (call instanceof TaskCall.InContext<?> of) {
      return List.of(task(of.body()));
    }
    TaskCall.OfClient<?, ?, ?> of = (TaskCall.OfClient<?, ?, ?>) call;
    Task<?> client = of.client();
    return List.of(task(client), task(of.function()), of("the argument", of.argument()));
  }

  private static List<Part> ofChunk(TaskCall.OfChunk<?, ?> call) {
    List<Part> parts = new ArrayList<>();
    parts.add(task(call.function()));
    call.arguments().forEach(argument -> parts.add(of("an argument", argument)));
    return parts;
  }

  /** What the user gave: it needs no name, for it is what the message is about. */
  private static Part task(Object given) {
    return new Part("", "", given);
  }

  /** Tells whether a stream shows an object in place of this part. */
  boolean isShownAs(Object shown) {
    if (value == null || value == shown) {
      return value != null;
    }
    if (shown instanceof SerializedLambda) {
      return value.getClass().isHidden() && value instanceof Serializable;
    }
    return shown.getClass().getName().equals("java.util.CollSer")
        && value.getClass().getName().startsWith("java.util.ImmutableCollections");
  }
}
