package dev.baton.internal.map;

import dev.baton.internal.future.BatonFuture;
import dev.baton.internal.future.DoneQueue;
import dev.baton.internal.future.Watch;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Hands places out in the order of the inputs, but one that has failed at once. */
final class FailFastWindow<A extends @Nullable Object, R extends @Nullable Object>
    extends OrderedWindow<A, R> {

  /** Tells of a place that has failed. */
  private final class Guard extends Watch<R> {

    private final Place<A, R> place;

    Guard(Place<A, R> place) {
      super(place.future());
      this.place = place;
    }

    @Override
    protected void done() {
      if (watched().state() == Future.State.FAILED) {
        failed.add(this);
      }
    }
  }

  private final DoneQueue<Guard> failed = new DoneQueue<>();

  @Override
  void add(Place<A, R> place) {
    super.add(place);
    new Guard(place).begin();
  }

  @Override
  @Nullable Place<A, R> poll() {
    for (Guard first; (first = failed.poll()) != null; ) {
      if (remove(first.place)) {
        return first.place;
      }
    }
    return super.poll();
  }

  /** Hands one out, and forgets which of those handed out before have failed. */
  @Override
  @Nullable Place<A, R> pollUnfinished() {
    Place<A, R> next = super.pollUnfinished();
    for (Guard first; (first = failed.peek()) != null && !isToCome(first.place); ) {
      failed.poll();
    }
    return next;
  }

  /** Has one if it is the only one: the failure of any other would do. */
  @Override
  @Nullable BatonFuture<?> needed() {
    return size() == 1 ? super.needed() : null;
  }

  @Override
  public boolean isMet() {
    return isHeadDone() || failed.anyMatch(guard -> isToCome(guard.place));
  }

  @Override
  public Runnable onMet(Runnable wake) {
    Runnable head = super.onMet(wake);
    Runnable others = failed.onAdded(wake);
    return () -> {
      head.run();
      others.run();
    };
  }
}
