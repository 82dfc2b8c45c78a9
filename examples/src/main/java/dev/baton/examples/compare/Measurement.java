package dev.baton.examples.compare;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What one workload did on one backend.
 *
 * @param workload the workload's name
 * @param backend the backend's name, or what stands for none
 * @param result what happened
 */
record Measurement(String workload, String backend, Result result) {

  /** What happened. */
  sealed interface Result {}

  /**
   * It ran, and all was right.
   *
   * @param time how long it took
   * @param speedUp how many times faster than without a backend that is, or null if that means
   *     nothing
   * @param what what it did
   */
  record Ran(Duration time, @Nullable Double speedUp, String what) implements Result {}

  /**
   * It went wrong.
   *
   * @param why how
   */
  record Failed(String why) implements Result {

    static Failed by(Throwable failure) {
      Throwable cause = failure.getCause();
      boolean isWrapped =
          failure instanceof ExecutionException || failure instanceof CompletionException;
      Throwable shown = isWrapped && cause != null ? cause : failure;
      return new Failed(
          shown instanceof WrongResultException
              ? String.valueOf(shown.getMessage())
              : shown.toString());
    }
  }

  /**
   * It was not tried.
   *
   * @param why why not
   */
  record NotRun(String why) implements Result {}

  boolean isFailed() {
    return result instanceof Failed;
  }

  /** Returns the cells of its row: workload, if it is to be shown, backend, time, and so on. */
  List<String> cells(boolean showsWorkload) {
    String name = showsWorkload ? workload : "";
    return switch (result) {
      case Ran ran -> List.of(name, backend, seconds(ran.time), times(ran.speedUp), ran.what);
      case Failed failed -> List.of(name, backend, "", "", "FAILED: " + oneLine(failed.why));
      case NotRun notRun -> List.of(name, backend, "", "", notRun.why);
    };
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static String times(@Nullable Double factor) {
    return factor == null ? "" : String.format(Locale.ROOT, "%,.1f x", factor);
  }

  /** Writes a time for people. */
  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%,.2f s", time.toNanos() / 1e9);
  }
}
