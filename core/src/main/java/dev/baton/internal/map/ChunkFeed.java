package dev.baton.internal.map;

import dev.baton.TaskRejectedException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Submits inputs in chunks. */
final class ChunkFeed<A extends @Nullable Object, R extends @Nullable Object> extends Feed<A, R> {

  /** A chunk whose size is measured does not wait longer than this for an input that is slow. */
  private static final long PATIENCE_NANOS = 10_000_000;

  private final Kept<A, R> kept;
  private final Chunks<A, R> chunks;

  ChunkFeed(
      Window<A, R> window,
      int width,
      Deadline deadline,
      Iterator<? extends A> inputs,
      Kept<A, R> kept,
      Chunks<A, R> chunks) {
    super(window, width, deadline, inputs);
    this.kept = kept;
    this.chunks = chunks;
  }

  @Override
  boolean hasRoom(int room) {
    return room >= Math.min(chunks.size().next(), width());
  }

  @Override
  void read(Iterator<? extends A> source, int room) {
    List<Place<A, R>> places = new ArrayList<>();
    List<ChunkItem<A, R>> items = new ArrayList<>();
    try {
      collect(source, Math.min(chunks.size().next(), room), places, items);
    } catch (Throwable thrown) {
      try {
        launch(places, items);
      } catch (TaskRejectedException rejected) {
        thrown.addSuppressed(rejected);
      }
      throw thrown;
    }
    launch(places, items);
  }

  /** Submits items, and puts into the window what comes to an end. */
  private void launch(List<Place<A, R>> places, List<ChunkItem<A, R>> items) {
    try {
      if (!items.isEmpty()) {
        new Chunk<>(chunks, chunks.submitter(), items, false).launch();
      }
    } catch (TaskRejectedException rejected) {
      keepUpToTheFirst(places);
      throw rejected;
    } finally {
      places.forEach(window()::add);
    }
  }

  /** Keeps what the journal knew of before the first that was rejected, where that is told. */
  private static void keepUpToTheFirst(List<? extends Place<?, ?>> places) {
    int known = 0;
    while (known < places.size() && places.get(known).future().isDone()) {
      known++;
    }
    places.subList(known, places.size()).clear();
  }

  private void collect(
      Iterator<? extends A> source,
      int size,
      List<Place<A, R>> places,
      List<ChunkItem<A, R>> items) {
    boolean isMeasured = chunks.size().isMeasured();
    long begun = isMeasured ? System.nanoTime() : 0;
    while (places.size() < size && !endsHere(source)) {
      A input = source.next();
      place(input, places, items);
      if (isTimeUp() || (isMeasured && System.nanoTime() - begun > PATIENCE_NANOS)) {
        return;
      }
    }
  }

  private void place(A input, List<Place<A, R>> places, List<ChunkItem<A, R>> items) {
    long index = nextIndex();
    kept.place(
        index,
        input,
        (submitted, first) -> {
          ChunkItem<A, R> item = chunks.item(index, submitted);
          items.add(item);
          first.accept(item);
        },
        places::add);
  }
}
