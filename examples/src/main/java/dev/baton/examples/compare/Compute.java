package dev.baton.examples.compare;

import dev.baton.TaskFunction;
import dev.baton.examples.Fibonacci;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Pure computing: three Fibonacci numbers, many times over.
 *
 * @param rounds how many times
 */
record Compute(int rounds) implements Batch<Integer, Long> {

  static final String NAME = "compute";

  private static final Map<Integer, Long> EXPECTED =
      Map.of(28, 317_811L, 30, 832_040L, 32, 2_178_309L);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Integer> inputs() {
    return Collections.nCopies(rounds, List.of(28, 30, 32)).stream().flatMap(List::stream).toList();
  }

  @Override
  public TaskFunction<Integer, Long> function() {
    return Fibonacci::of;
  }

  @Override
  public boolean isRight(Integer input, Long result) {
    return result.equals(EXPECTED.get(input));
  }

  @Override
  public String describe(List<Long> results) {
    return String.format(Locale.ROOT, "%,d tasks: Fibonacci of 28, 30 and 32", results.size());
  }
}
