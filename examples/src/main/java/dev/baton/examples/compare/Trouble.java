package dev.baton.examples.compare;

import dev.baton.Baton;
import dev.baton.ShutdownMode;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskTimeoutException;
import dev.baton.examples.Fibonacci;
import dev.baton.examples.compare.Measurement.Failed;
import dev.baton.examples.compare.Measurement.NotRun;
import dev.baton.examples.compare.Measurement.Ran;
import dev.baton.examples.compare.Measurement.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tasks that go wrong, each among innocent ones. */
record Trouble() implements Workload {

  static final String NAME = "trouble";

  private static final Duration TIMEOUT = Duration.ofMillis(500);

  /** After this long a task that should have been stopped counts as not stopped. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Override
  public List<Measurement> measure(List<String> backends, Progress progress) {
    List<Measurement> measurements = new ArrayList<>();
    for (String backend : backends) {
      progress.begin(NAME + " on " + backend, Fault.ALL.size());
      for (Fault fault : Fault.ALL) {
        measurements.add(new Measurement(NAME, backend, resultOf(fault, backend)));
        progress.step();
      }
    }
    return measurements;
  }

  private static Result resultOf(Fault fault, String backend) {
    try {
      return run(fault, Baton.configured(NAME, Map.of("backend", backend, "process.heap", "64")));
    } catch (Exception failure) {
      return new Failed(fault.words() + ": " + Failed.by(failure).why());
    }
  }

  /** Does not use {@code close}, which would wait for ever for a task that did not stop. */
  private static Result run(Fault fault, Baton baton) throws Exception {
    try {
      if (!fault.need().isMetBy(baton.capabilities())) {
        return new NotRun("%s: not run, %s".formatted(fault.words(), fault.need().otherwise()));
      }
      Ran ran = ran(fault, baton);
      baton.shutdown(ShutdownMode.TERMINATE);
      if (!baton.awaitTermination(PATIENCE)) {
        throw new WrongResultException("something still runs: " + baton);
      }
      return ran;
    } finally {
      baton.shutdown(ShutdownMode.TERMINATE);
    }
  }

  private static Ran ran(Fault fault, Baton baton) throws Exception {
    TaskFuture<Long> before = baton.submit(Fibonacci::of, 20);
    long start = System.nanoTime();
    TaskFuture<Void> culprit = baton.submit(optionsFor(fault), fault.body());
    TaskFuture<Long> after = baton.submit(Fibonacci::of, 20);
    Throwable failure = culprit.exception(PATIENCE);
    long end = System.nanoTime();
    culprit.terminated().get(PATIENCE);
    Duration untilStopped = Duration.ofNanos(System.nanoTime() - end);
    checkFailure(fault, failure);
    checkUnharmed(before);
    checkUnharmed(after);
    String what = fault.words() + ": " + describe(fault, untilStopped);
    return new Ran(Duration.ofNanos(end - start), null, what);
  }

  private static TaskOptions optionsFor(Fault fault) {
    TaskOptions options = TaskOptions.none().name(fault.words());
    return fault.expected() == TaskTimeoutException.class ? options.timeout(TIMEOUT) : options;
  }

  private static void checkFailure(Fault fault, @Nullable Throwable failure)
      throws WrongResultException {
    Class<?> expected = fault.expected();
    if (expected == null ? failure != null : !expected.isInstance(failure)) {
      throw new WrongResultException(
          "expected %s, got %s"
              .formatted(expected == null ? "success" : expected.getSimpleName(), failure));
    }
  }

  private static void checkUnharmed(TaskFuture<Long> neighbour) throws Exception {
    long number = neighbour.get(PATIENCE);
    if (number != 6_765) {
      throw new WrongResultException("another task gave " + number);
    }
  }

  private static String describe(Fault fault, Duration untilStopped) {
    if (fault.expected() == TaskTimeoutException.class) {
      return String.format(Locale.ROOT, "timed out, stopped %,d ms later", untilStopped.toMillis());
    }
    String end = fault.expected() == null ? "went to the log" : fault.expected().getSimpleName();
    return end + ", nobody else noticed";
  }
}
