package dev.baton.async.loop;

/**
 * Finds out that a stack is nearly full before a task passes its baton on or moves what is ready,
 * and not half-way through that, where nobody would know who has the baton.
 */
final class StackRoom {

  /** Calls of some 200 bytes each, compiled or not: more than it has been seen to take. */
  private static final int CALLS = 32;

  private StackRoom() {}

  /**
   * Checks that there is room for that. Where there is not enough for the wait that follows, the
   * loop gets over that.
   *
   * @throws StackOverflowError if there is none
   */
  static void check() {
    descend(CALLS, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  }

  /** Has so many parameters, all needed after the call, that each call takes room for them. */
  @SuppressWarnings("TooManyParameters")
  private static long descend(
      int calls,
      long a,
      long b,
      long c,
      long d,
      long e,
      long f,
      long g,
      long h,
      long i,
      long j,
      long k,
      long l) {
    if (calls == 0) {
      return a;
    }
    long below = descend(calls - 1, b, c, d, e, f, g, h, i, j, k, l, a);
    return below + a + b * c + d * e + f * g + h * i + j * k + l;
  }
}
