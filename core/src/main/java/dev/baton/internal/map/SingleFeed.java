package dev.baton.internal.map;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Submits each input as a task of its own. */
final class SingleFeed<A extends @Nullable Object, R extends @Nullable Object> extends Feed<A, R> {

  private final Launcher<A, R> launcher;

  SingleFeed(
      Window<A, R> window, int width, Iterator<? extends A> inputs, Launcher<A, R> launcher) {
    super(window, width, inputs);
    this.launcher = launcher;
  }

  @Override
  boolean hasRoom(int room) {
    return room > 0;
  }

  @Override
  void read(Iterator<? extends A> source, int room) {
    if (!endsHere(source)) {
      A input = source.next();
      window().add(launcher.place(nextIndex(), input));
    }
  }
}
