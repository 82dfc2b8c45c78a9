package dev.baton.internal.map;

import dev.baton.internal.future.Awaited;
import dev.baton.internal.future.DoneQueue;
import dev.baton.internal.future.Home;
import dev.baton.internal.future.Watch;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** Hands places out as they are done. */
final class CompletionWindow<A extends @Nullable Object, R extends @Nullable Object>
    extends Window<A, R> {

  private final SequencedSet<Place<A, R>> places = new LinkedHashSet<>();
  private final DoneQueue<Place<A, R>> done = new DoneQueue<>();

  @Override
  SequencedSet<Place<A, R>> places() {
    return places;
  }

  @Override
  void add(Place<A, R> place) {
    places.add(place);
    Watch.at(place.future(), future -> done.add(place));
  }

  @Override
  @Nullable Place<A, R> poll() {
    Place<A, R> next = done.poll();
    if (next != null) {
      places.remove(next);
    }
    return next;
  }

  /** Has nothing: in completion order all that is handed out is done. */
  @Override
  @Nullable Place<A, R> pollUnfinished() {
    return null;
  }

  @Override
  public boolean isMet() {
    return !done.isEmpty();
  }

  @Override
  public Runnable onMet(Runnable wake) {
    return done.onAdded(wake);
  }

  @Override
  public boolean involves(Home home) {
    return places.stream().map(Place::future).anyMatch(f -> !f.isDone() && f.involves(home));
  }

  @Override
  public String toString() {
    return Awaited.describe(places.stream().map(Place::future).toList());
  }
}
