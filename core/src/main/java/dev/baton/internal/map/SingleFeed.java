package dev.baton.internal.map;

import dev.baton.internal.future.BatonFuture;
import java.util.Iterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Submits each input as a task of its own. */
final class SingleFeed<A extends @Nullable Object, R extends @Nullable Object> extends Feed<A, R> {

  private final Kept<A, R> kept;
  private final Function<A, BatonFuture<R>> submit;

  SingleFeed(
      Window<A, R> window,
      int width,
      Iterator<? extends A> inputs,
      Kept<A, R> kept,
      Launcher<A, R> launcher) {
    super(window, width, inputs);
    this.kept = kept;
    this.submit = launcher::launch;
  }

  @Override
  boolean hasRoom(int room) {
    return room > 0;
  }

  @Override
  void read(Iterator<? extends A> source, int room) {
    if (!endsHere(source)) {
      A input = source.next();
      window().add(kept.place(nextIndex(), input, submit));
    }
  }
}
