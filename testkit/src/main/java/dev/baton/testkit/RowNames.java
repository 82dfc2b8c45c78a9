package dev.baton.testkit;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Shows a test as its row and its name as a sentence. */
final class RowNames extends DisplayNameGenerator.Standard {

  /** Is called by JUnit. */
  RowNames() {}

  /** Returns the row that a test is about. */
  static Row rowOf(Method test) {
    Promise promise = test.getDeclaringClass().getAnnotation(Promise.class);
    return promise == null ? Row.FACADE : promise.value();
  }

  @Override
  public String generateDisplayNameForMethod(
      List<Class<?>> enclosing, Class<?> testClass, Method test) {
    String words = test.getName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ");
    return rowOf(test) + ": " + words.toLowerCase(Locale.ROOT);
  }
}
