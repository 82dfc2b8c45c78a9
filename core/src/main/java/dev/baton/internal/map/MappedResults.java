package dev.baton.internal.map;

import dev.baton.CancelMode;
import dev.baton.Item;
import dev.baton.MapOptions;
import dev.baton.Results;
import dev.baton.TaskFunction;
import dev.baton.TaskFuture;
import dev.baton.internal.future.BatonFuture;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The results of a map: a window that moves over the inputs, and the ways to look into it. It is
 * used by one thread at a time.
 */
public final class MappedResults<A extends @Nullable Object, R extends @Nullable Object>
    implements Results<R> {

  private final Deadline deadline;
  private final Window<A, R> window;
  private final Feed<A, R> feed;
  private final Kept<A, R> kept;
  private final boolean failsFast;
  private final HandedOut handedOut = new HandedOut();

  private final Iterator<R> values = new Cursor<>(this::nextValue);
  private final Iterator<Item<R>> items = new Cursor<>(this::nextItem);
  private final Iterator<TaskFuture<R>> futures = new Cursor<>(this::nextFuture);

  private MappedResults(
      MapOptions options,
      Deadline deadline,
      Window<A, R> window,
      Feed<A, R> feed,
      Kept<A, R> kept) {
    this.deadline = deadline;
    this.window = window;
    this.feed = feed;
    this.kept = kept;
    this.failsFast = options.isFailFast();
  }

  /** Begins: reads until the window is full or something is done. */
  public static <A extends @Nullable Object, R extends @Nullable Object> Results<R> begin(
      Submitter executor,
      MapOptions options,
      TaskFunction<A, R> function,
      Iterable<? extends A> inputs) {
    Deadline deadline = Deadline.after(options.timeout());
    Window<A, R> window = Window.of(options);
    Iterator<? extends A> source = inputs.iterator();
    Kept<A, R> kept = Kept.by(options, function);
    Feed<A, R> feed = feed(executor, options, function, window, deadline, source, kept);
    feed.refill(0);
    return new MappedResults<>(options, deadline, window, feed, kept);
  }

  private static <A extends @Nullable Object, R extends @Nullable Object> Feed<A, R> feed(
      Submitter executor,
      MapOptions options,
      TaskFunction<A, R> function,
      Window<A, R> window,
      Deadline deadline,
      Iterator<? extends A> inputs,
      Kept<A, R> kept) {
    int width = options.window();
    boolean inChunks = options.isChunkAutomatic() || options.chunk() > 1;
    if (inChunks && executor.encodes()) {
      Chunks<A, R> chunks = new Chunks<>(executor, function, options);
      return new ChunkFeed<>(window, width, deadline, inputs, kept, chunks);
    }
    Launcher<A, R> launcher = new Launcher<>(executor, function, options.isIdempotent());
    return new SingleFeed<>(window, width, deadline, inputs, kept, launcher);
  }

  /** One way to go through the results; all ways share the window. */
  private final class Cursor<T extends @Nullable Object> implements Iterator<T> {
    private final Supplier<T> next;

    Cursor(Supplier<T> next) {
      this.next = next;
    }

    @Override
    public boolean hasNext() {
      readAhead();
      return !window.isEmpty() || feed.hasMore() || feed.hasFailed();
    }

    @Override
    public T next() {
      readAhead();
      if (window.isEmpty()) {
        throw feed.hasMore() ? late() : feed.end();
      }
      return next.get();
    }
  }

  /** Reads what may be read, unless the time is up. */
  private void readAhead() {
    if (!deadline.isPast()) {
      fillWindow();
    }
    if (window.isEmpty() && !feed.hasMore() && !feed.hasFailed()) {
      kept.close();
    }
  }

  /** Reads; if there is no room because of futures handed out, waits for them. */
  private void fillWindow() {
    feed.refill(handedOut.unfinished() + kept.unsynced());
    while (window.isEmpty() && feed.isOpen() && !deadline.isPast()) {
      kept.sync();
      awaitRoom();
      feed.refill(handedOut.unfinished());
    }
  }

  private CompletionException late() {
    close();
    return deadline.exceeded();
  }

  private void awaitRoom() {
    try {
      if (!handedOut.awaitOldest(deadline)) {
        throw late();
      }
    } catch (InterruptedException interrupted) {
      throw endedBy(interrupted);
    }
  }

  @Override
  public Iterator<R> iterator() {
    return values;
  }

  @Override
  public Stream<R> stream() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(values, Spliterator.ORDERED), false)
        .onClose(this::close);
  }

  @Override
  public Iterable<Item<R>> outcomes() {
    return () -> items;
  }

  @Override
  public Iterable<TaskFuture<R>> futures() {
    if (kept.isOn()) {
      throw new IllegalStateException(
          "A map with a journal hands out no futures: it keeps results as they are taken. Take them"
              + " by outcomes(), or go without the journal.");
    }
    return () -> futures;
  }

  private R nextValue() {
    try {
      return nextDone().future().get();
    } catch (ExecutionException failed) {
      throw new CompletionException(failed.getMessage(), failed.getCause());
    } catch (InterruptedException impossible) {
      throw new IllegalStateException("A future that is done made its reader wait.", impossible);
    }
  }

  private Item<R> nextItem() {
    Place<A, R> place = nextDone();
    BatonFuture<R> future = place.future();
    long index = place.index();
    return switch (future.state()) {
      case SUCCESS -> new Item.Success<>(index, place.givenInput(), future.resultNow());
      case FAILED -> new Item.Failure<>(index, place.givenInput(), future.exceptionNow());
      default -> new Item.Failure<>(index, place.givenInput(), cancellationOf(future));
    };
  }

  private static Throwable cancellationOf(BatonFuture<?> future) {
    try {
      future.join();
      throw new IllegalStateException("Not cancelled: " + future);
    } catch (CancellationException cancelled) {
      return cancelled;
    }
  }

  private TaskFuture<R> nextFuture() {
    Place<A, R> next = window.pollUnfinished();
    BatonFuture<R> future = next == null ? nextDone().future() : next.future();
    handedOut.add(future);
    return future;
  }

  /** Takes the next place that is done. */
  private Place<A, R> nextDone() {
    Place<A, R> next = take();
    if (next == null) {
      throw late();
    }
    next = kept.keep(next);
    if (failsFast && next.future().state() == Future.State.FAILED) {
      close();
    }
    return next;
  }

  private @Nullable Place<A, R> take() {
    try {
      return window.take(deadline);
    } catch (InterruptedException interrupted) {
      throw endedBy(interrupted);
    }
  }

  private CompletionException endedBy(InterruptedException interrupt) {
    close();
    Thread.currentThread().interrupt();
    return new CompletionException("Interrupted while waiting for a result", interrupt);
  }

  @Override
  public void close() {
    feed.close();
    Set<Chunk<?, ?>> chunks = new LinkedHashSet<>();
    window.clear(place -> cancel(place.future(), chunks));
    chunks.forEach(chunk -> chunk.itemWasCancelled(CancelMode.INTERRUPT));
    kept.close();
  }

  /** Cancels an item at once, but its chunk when all that are to go with it are cancelled. */
  private static void cancel(BatonFuture<?> future, Set<Chunk<?, ?>> chunks) {
    if (!(future instanceof ChunkItem<?, ?> item)) {
      future.cancel(CancelMode.INTERRUPT);
    } else if (item.giveUp() && item.chunk() instanceof Chunk<?, ?> chunk) {
      chunks.add(chunk);
    }
  }
}
