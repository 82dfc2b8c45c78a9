package dev.baton.testkit;

import java.util.Comparator;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;

/** Runs the tests of a contract row by row. */
final class RowOrder implements MethodOrderer {

  /** Is called by JUnit. */
  RowOrder() {}

  @Override
  public void orderMethods(MethodOrdererContext context) {
    Comparator<MethodDescriptor> byRow = Comparator.comparing(d -> RowNames.rowOf(d.getMethod()));
    context
        .getMethodDescriptors()
        .sort(
            byRow
                .thenComparing(d -> d.getMethod().getDeclaringClass().getName())
                .thenComparing(d -> d.getMethod().getName()));
  }
}
