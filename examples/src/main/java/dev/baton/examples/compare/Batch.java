package dev.baton.examples.compare;

import dev.baton.TaskFunction;
import java.util.List;

/**
 * The same function over many inputs, and no backend may give other results than the sequential
 * run.
 *
 * @param <A> the type of the inputs
 * @param <R> the type of the results
 */
sealed interface Batch<A, R> extends Workload permits Compute, FileTree, Connections {

  /** Names the workload. */
  String name();

  /** Returns the inputs, which travel to wherever the backend runs its tasks. */
  List<A> inputs();

  /** Returns the function, which travels as well. */
  TaskFunction<A, R> function();

  /** Tells how many of the inputs are enough for the sequential run, whose time is then scaled. */
  default int sequentialInputs() {
    return inputs().size();
  }

  /** Tells whether a result is right, as far as that is known beforehand. */
  default boolean isRight(A input, R result) {
    return true;
  }

  /** Describes what the sequential run did. */
  String describe(List<R> results);

  @Override
  default List<Measurement> measure(List<String> backends, Progress progress) {
    return new BatchRun<>(this, progress).measure(backends);
  }
}
