package dev.baton.internal.map;

import dev.baton.internal.future.DoneQueue;
import dev.baton.internal.future.Watch;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Hands places out in the order of the inputs, but one that has failed at once. */
final class FailFastWindow<A extends @Nullable Object, R extends @Nullable Object>
    extends OrderedWindow<A, R> {

  private final DoneQueue<Place<A, R>> failed = new DoneQueue<>();

  @Override
  void add(Place<A, R> place) {
    super.add(place);
    Watch.at(
        place.future(),
        future -> {
          if (future.state() == Future.State.FAILED) {
            failed.add(place);
          }
        });
  }

  @Override
  @Nullable Place<A, R> poll() {
    for (Place<A, R> first; (first = failed.poll()) != null; ) {
      if (places().remove(first)) {
        return first;
      }
    }
    return super.poll();
  }

  @Override
  public boolean isMet() {
    return isHeadDone() || !failed.isEmpty();
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
