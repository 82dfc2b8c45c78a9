package dev.baton.examples;

import dev.baton.Baton;
import dev.baton.Results;
import java.util.List;

/** One function over many inputs: computing on all processors. */
public final class Fibonacci {

  private Fibonacci() {}

  /**
   * Computes three Fibonacci numbers at once.
   *
   * @param args none
   */
  public static void main(String[] args) {
    List<Long> numbers = allOf(List.of(28, 30, 32));
    Check.that(numbers.equals(List.of(317_811L, 832_040L, 2_178_309L)), numbers);
    System.out.println("The Fibonacci numbers 28, 30 and 32 are " + numbers + ".");
  }

  static List<Long> allOf(List<Integer> indices) {
    try (Baton baton = Baton.open("threads");
        Results<Long> numbers = baton.map(Fibonacci::of, indices)) {
      return numbers.stream().toList();
    }
  }

  /**
   * Computes a Fibonacci number the slow way, which is the point of it.
   *
   * @param index which one; not negative
   * @return the number
   */
  public static long of(int index) {
    return index < 2 ? index : of(index - 1) + of(index - 2);
  }
}
