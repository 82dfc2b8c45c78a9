package dev.baton.examples.compare;

import dev.baton.Baton;
import dev.baton.MapOptions;
import dev.baton.Results;
import dev.baton.examples.compare.Measurement.Ran;
import dev.baton.examples.compare.Measurement.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures one batch: first without any backend, then on each.
 *
 * <p>Every run is rehearsed, so that neither the just-in-time compiler nor the disk is measured:
 * the sequential run as a whole, the others, which find its code compiled and its files in memory,
 * with a few inputs. Short runs are made several times, and the best counts, because it was
 * disturbed least.
 */
record BatchRun<A, R>(Batch<A, R> batch, Progress progress) {

  private static final String SEQUENTIAL = "sequential";
  private static final int REHEARSED_INPUTS = 50;

  /** Enough for all requests of a batch to be under way at once. */
  private static final MapOptions WINDOW = MapOptions.none().window(1_000);

  private static final Duration SHORT = Duration.ofSeconds(5);
  private static final int ATTEMPTS = 3;

  private record Run<R>(Duration time, List<R> results) {}

  @FunctionalInterface
  private interface Attempt<R> {
    Run<R> run() throws Exception;
  }

  List<Measurement> measure(List<String> backends) {
    List<Measurement> measurements = new ArrayList<>();
    int attempts;
    Run<R> sequential;
    try {
      attempts = scaledTime(rehearse()).compareTo(SHORT) < 0 ? ATTEMPTS : 1;
      sequential = best(attempts, this::runSequentially);
    } catch (Exception failure) {
      return List.of(measurement(SEQUENTIAL, Measurement.Failed.by(failure)));
    }
    measurements.add(measurement(SEQUENTIAL, sequentialResult(sequential)));
    for (String backend : backends) {
      measurements.add(measurement(backend, resultOn(backend, attempts, sequential)));
    }
    return measurements;
  }

  private static <R> Run<R> best(int attempts, Attempt<R> attempt) throws Exception {
    Run<R> best = attempt.run();
    for (int i = 1; i < attempts; i++) {
      Run<R> next = attempt.run();
      best = next.time.compareTo(best.time) < 0 ? next : best;
    }
    return best;
  }

  private Measurement measurement(String backend, Result result) {
    return new Measurement(batch.name(), backend, result);
  }

  private Run<R> rehearse() throws Exception {
    return applyToEach("rehearsing " + batch.name(), sequentialInputs());
  }

  private Run<R> runSequentially() throws Exception {
    List<A> inputs = sequentialInputs();
    Run<R> run = applyToEach(batch.name() + " without a backend", inputs);
    check(inputs, run.results, run.results);
    return run;
  }

  private List<A> sequentialInputs() {
    return batch.inputs().subList(0, batch.sequentialInputs());
  }

  private Run<R> applyToEach(String title, List<A> inputs) throws Exception {
    progress.begin(title, inputs.size());
    List<R> results = new ArrayList<>(inputs.size());
    long start = System.nanoTime();
    for (A input : inputs) {
      results.add(batch.function().apply(input));
      progress.step();
    }
    return new Run<>(Duration.ofNanos(System.nanoTime() - start), results);
  }

  private Result sequentialResult(Run<R> run) {
    String what = batch.describe(run.results);
    if (run.results.size() == batch.inputs().size()) {
      return new Ran(run.time, 1.0, what);
    }
    String scaled =
        String.format(
            Locale.ROOT,
            "%s took %s, scaled to %,d",
            what,
            Measurement.seconds(run.time),
            batch.inputs().size());
    return new Ran(scaledTime(run), 1.0, scaled);
  }

  /** Says how long the sequential run would have taken with all inputs. */
  private Duration scaledTime(Run<R> run) {
    int done = Math.max(1, run.results.size());
    return run.time.multipliedBy(batch.inputs().size()).dividedBy(done);
  }

  private Result resultOn(String backend, int attempts, Run<R> sequential) {
    try (Baton baton = Baton.open(backend)) {
      map(baton, "rehearsing " + batch.name() + " on " + backend, few(batch.inputs()));
      Run<R> run = best(attempts, () -> runOn(baton, backend, sequential));
      double speedUp = (double) scaledTime(sequential).toNanos() / run.time.toNanos();
      String what = String.format(Locale.ROOT, "all %,d results right", run.results.size());
      return new Ran(run.time, speedUp, what);
    } catch (Exception failure) {
      return Measurement.Failed.by(failure);
    }
  }

  private Run<R> runOn(Baton baton, String backend, Run<R> sequential) throws Exception {
    Run<R> run = map(baton, batch.name() + " on " + backend, batch.inputs());
    check(batch.inputs(), run.results, sequential.results);
    return run;
  }

  private List<A> few(List<A> inputs) {
    return inputs.subList(0, Math.min(REHEARSED_INPUTS, inputs.size()));
  }

  private Run<R> map(Baton baton, String title, List<A> inputs) {
    progress.begin(title, inputs.size());
    List<R> all = new ArrayList<>(inputs.size());
    long start = System.nanoTime();
    try (Results<R> results = baton.map(WINDOW, batch.function(), inputs)) {
      for (R result : results) {
        all.add(result);
        progress.step();
      }
    }
    return new Run<>(Duration.ofNanos(System.nanoTime() - start), all);
  }

  private void check(List<A> inputs, List<R> results, List<R> sequential)
      throws WrongResultException {
    if (results.size() != inputs.size()) {
      throw new WrongResultException(
          "%d inputs gave %d results.".formatted(inputs.size(), results.size()));
    }
    for (int i = 0; i < inputs.size(); i++) {
      A input = inputs.get(i);
      R result = results.get(i);
      boolean asBefore = i >= sequential.size() || result.equals(sequential.get(i));
      if (!asBefore || !batch.isRight(input, result)) {
        throw new WrongResultException("The result for %s is wrong: %s".formatted(input, result));
      }
    }
  }
}
