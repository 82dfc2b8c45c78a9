package dev.baton.internal.map;

import dev.baton.internal.future.BatonFuture;
import dev.baton.internal.future.Home;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands places out in the order of the inputs. */
class OrderedWindow<A extends @Nullable Object, R extends @Nullable Object> extends Window<A, R> {

  private final Deque<Place<A, R>> places = new ArrayDeque<>();

  @Override
  final int size() {
    return places.size();
  }

  @Override
  final List<Place<A, R>> removeAll() {
    List<Place<A, R>> all = List.copyOf(places);
    places.clear();
    return all;
  }

  /** Takes a place out of its turn; returns false if it was taken. */
  final boolean remove(Place<A, R> place) {
    return places.remove(place);
  }

  /** Tells whether a place, unless it was taken out of its turn, is not handed out yet. */
  final boolean isToCome(Place<A, R> place) {
    Place<A, R> head = places.peek();
    return head != null && head.index() <= place.index();
  }

  @Override
  void add(Place<A, R> place) {
    places.add(place);
  }

  @Override
  final void removeNewest() {
    places.removeLast();
  }

  @Override
  @Nullable Place<A, R> poll() {
    return isHeadDone() ? places.poll() : null;
  }

  @Override
  @Nullable Place<A, R> pollUnfinished() {
    return places.poll();
  }

  final boolean isHeadDone() {
    Place<A, R> head = places.peek();
    return head != null && head.future().isDone();
  }

  @Override
  @Nullable BatonFuture<?> needed() {
    return places.getFirst().future();
  }

  @Override
  final List<BatonFuture<R>> candidates() {
    return places.stream().map(Place::future).toList();
  }

  @Override
  public boolean isMet() {
    return isHeadDone();
  }

  @Override
  public final boolean isWorthALook() {
    return places.getFirst().future().isWorthALook();
  }

  /** Has the head decode its result if that has arrived. */
  @Override
  public final boolean help() {
    return places.getFirst().future().help();
  }

  @Override
  public Runnable onMet(Runnable wake) {
    return places.getFirst().future().onMet(wake);
  }

  @Override
  public final boolean involves(Home home) {
    return places.getFirst().future().involves(home);
  }

  @Override
  public final String toString() {
    return places.getFirst().future().info().name();
  }
}
