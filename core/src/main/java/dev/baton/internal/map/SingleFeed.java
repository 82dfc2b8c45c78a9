package dev.baton.internal.map;

import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Submits each input as a task of its own. Its place is in the window before the task may begin, so
 * that what the window keeps at the future is written while no other thread writes there.
 */
final class SingleFeed<A extends @Nullable Object, R extends @Nullable Object> extends Feed<A, R> {

  private final Kept<A, R> kept;
  private final Kept.Submission<A, R> submission;
  private final Consumer<Place<A, R>> places;

  SingleFeed(
      Window<A, R> window,
      int width,
      Deadline deadline,
      Iterator<? extends A> inputs,
      Kept<A, R> kept,
      Launcher<A, R> launcher) {
    super(window, width, deadline, inputs);
    this.kept = kept;
    this.submission = launcher::launch;
    this.places = window::add;
  }

  @Override
  boolean hasRoom(int room) {
    return room > 0;
  }

  @Override
  void read(Iterator<? extends A> source, int room) {
    if (!endsHere(source)) {
      A input = source.next();
      int before = window().size();
      try {
        kept.place(nextIndex(), input, submission, places);
      } catch (RuntimeException | Error rejected) {
        if (window().size() > before) {
          window().removeNewest();
        }
        throw rejected;
      }
    }
  }
}
