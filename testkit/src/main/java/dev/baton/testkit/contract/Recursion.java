package dev.baton.testkit.contract;

/** Calls itself. */
final class Recursion {

  private Recursion() {}

  /** Overflows the stack. */
  @SuppressWarnings("InfiniteRecursion") // that is its purpose
  static int depth(int soFar) {
    return depth(soFar + 1) + 1;
  }
}
