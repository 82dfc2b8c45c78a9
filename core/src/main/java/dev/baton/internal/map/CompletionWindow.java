package dev.baton.internal.map;

import dev.baton.internal.future.Awaited;
import dev.baton.internal.future.BatonFuture;
import dev.baton.internal.future.CompletionOrder;
import dev.baton.internal.future.Home;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands places out as they are done. */
final class CompletionWindow<A extends @Nullable Object, R extends @Nullable Object>
    extends Window<A, R> {

  private final CompletionOrder<Place<A, R>> places = new CompletionOrder<>();

  @Override
  int size() {
    return places.size();
  }

  @Override
  List<Place<A, R>> removeAll() {
    return places.removeAll();
  }

  @Override
  void add(Place<A, R> place) {
    places.add(place.future(), place);
  }

  @Override
  void removeNewest() {
    places.removeNewest();
  }

  @Override
  @Nullable Place<A, R> poll() {
    return places.poll();
  }

  /** Has nothing: in completion order all that is handed out is done. */
  @Override
  @Nullable Place<A, R> pollUnfinished() {
    return null;
  }

  @Override
  @Nullable BatonFuture<?> needed() {
    Place<A, R> only = places.only();
    return only == null ? null : only.future();
  }

  @Override
  List<BatonFuture<R>> candidates() {
    return places.values().stream().map(Place::future).toList();
  }

  @Override
  public boolean isMet() {
    return places.hasDone();
  }

  @Override
  public boolean isWorthALook() {
    return places.isWorthALook();
  }

  @Override
  public Runnable onMet(Runnable wake) {
    return places.onDone(wake);
  }

  @Override
  public boolean involves(Home home) {
    return places.anyMatch(place -> Awaited.isOpenFor(home, place.future()));
  }

  @Override
  public String toString() {
    return Awaited.describe(candidates());
  }
}
