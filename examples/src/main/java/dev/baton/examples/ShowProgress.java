package dev.baton.examples;

import dev.baton.Baton;
import dev.baton.Results;
import java.util.stream.IntStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A progress bar around a map, in one line. */
public final class ShowProgress {

  private static final int BLOCKS = 200;

  private ShowProgress() {}

  /**
   * Counts the primes below two million.
   *
   * @param args none
   */
  public static void main(String[] args) {
    long primes = countPrimes();
    Check.that(primes == 148_933, primes);
    System.out.println("There are " + primes + " primes below two million.");
  }

  static long countPrimes() {
    ProgressBarBuilder bar = new ProgressBarBuilder().setTaskName("primes").setInitialMax(BLOCKS);
    try (Baton baton = Baton.open("threads");
        Results<Long> counts =
            baton.map(ShowProgress::primesOf, IntStream.range(0, BLOCKS).boxed().toList())) {
      return ProgressBar.wrap(counts.stream(), bar).mapToLong(count -> count).sum();
    }
  }

  private static long primesOf(int block) {
    return IntStream.range(block * 10_000, (block + 1) * 10_000)
        .filter(ShowProgress::isPrime)
        .count();
  }

  private static boolean isPrime(int n) {
    return n >= 2 && IntStream.rangeClosed(2, (int) Math.sqrt(n)).noneMatch(d -> n % d == 0);
  }
}
