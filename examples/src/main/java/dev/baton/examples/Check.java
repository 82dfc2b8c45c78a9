package dev.baton.examples;

/** How the examples check their own results. */
final class Check {

  private Check() {}

  /**
   * Fails the program unless a result is right.
   *
   * @param right whether it is
   * @param result what to show if it is not
   */
  static void that(boolean right, Object result) {
    if (!right) {
      throw new AssertionError("Not the expected result: " + result);
    }
  }
}
