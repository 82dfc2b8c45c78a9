package dev.baton.internal.executor;

import dev.baton.CancelMode;
import dev.baton.MapOptions;
import dev.baton.Results;
import dev.baton.TaskFuture;
import dev.baton.internal.future.Nanos;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The results of a map: a window of futures that moves over the inputs. It is used by one thread at
 * a time.
 */
@SuppressWarnings("IterableAndIterator") // they can be gone through once, as documented
final class MappedResults<A extends @Nullable Object, R extends @Nullable Object>
    implements Results<R>, Iterator<R> {

  private final int width;
  private final @Nullable Duration timeout;
  private final long deadline;
  private final Function<A, TaskFuture<R>> submit;
  private final Deque<TaskFuture<R>> window = new ArrayDeque<>();

  /** Where the inputs come from, or null when there are no more. */
  private @Nullable Iterator<? extends A> inputs;

  /** What reading or submitting an input threw; it is reported when its place is reached. */
  private @Nullable RuntimeException inputFailure;

  private MappedResults(
      MapOptions options, Function<A, TaskFuture<R>> submit, Iterator<? extends A> inputs) {
    this.width = options.window();
    this.timeout = options.timeout();
    this.deadline = System.nanoTime() + (timeout == null ? 0 : Nanos.of(timeout));
    this.submit = submit;
    this.inputs = inputs;
  }

  /** Begins with as many inputs as the window holds. */
  static <A extends @Nullable Object, R extends @Nullable Object> Results<R> begin(
      MapOptions options, Function<A, TaskFuture<R>> submit, Iterator<? extends A> inputs) {
    MappedResults<A, R> results = new MappedResults<>(options, submit, inputs);
    results.fill();
    return results;
  }

  private void fill() {
    try {
      while (window.size() < width && inputs != null) {
        if (inputs.hasNext()) {
          window.add(submit.apply(inputs.next()));
        } else {
          inputs = null;
        }
      }
    } catch (RuntimeException failure) {
      inputs = null;
      inputFailure = failure;
    }
  }

  @Override
  public Iterator<R> iterator() {
    return this;
  }

  @Override
  public Stream<R> stream() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED), false)
        .onClose(this::close);
  }

  @Override
  public boolean hasNext() {
    fill();
    return !window.isEmpty() || inputFailure != null;
  }

  @Override
  public R next() {
    fill();
    TaskFuture<R> next = window.peek();
    if (next == null) {
      throw endOfInputs();
    }
    try {
      return timeout == null ? next.get() : getInTime(next, timeout);
    } catch (ExecutionException failed) {
      throw new CompletionException(failed.getMessage(), failed.getCause());
    } catch (InterruptedException interrupted) {
      close();
      Thread.currentThread().interrupt();
      throw new CompletionException("Interrupted while waiting for a result", interrupted);
    } finally {
      window.poll();
    }
  }

  private RuntimeException endOfInputs() {
    RuntimeException failure = inputFailure;
    inputFailure = null;
    return failure != null ? failure : new NoSuchElementException("There are no more results.");
  }

  private R getInTime(TaskFuture<R> next, Duration limit)
      throws InterruptedException, ExecutionException {
    try {
      return next.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      close();
      String message = "The map was not done within its timeout of " + limit + ".";
      throw new CompletionException(message, new TimeoutException(message));
    }
  }

  @Override
  public void close() {
    inputs = null;
    inputFailure = null;
    // The last first: what waits must not begin because what runs was stopped.
    window.reversed().forEach(future -> future.cancel(CancelMode.INTERRUPT));
    window.clear();
  }
}
