package dev.baton.verification.jcstress;

import dev.baton.internal.future.BatonFuture;
import dev.baton.internal.future.BodilessFuture;
import dev.baton.internal.future.End;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A future whose end its test decides. */
final class Promise<T extends @Nullable Object> extends BodilessFuture<T> {

  private static final BatonFuture<?> ORIGIN = LoneOwner.silent().task(() -> "never run");

  /** As many dead entries as a short list may keep. */
  private static final int DEAD_ENTRIES = 16;

  Promise() {
    super("promise beside", ORIGIN);
  }

  /**
   * Registers waits and gives them up, as many as are left in the list: the next that is given up
   * makes all of them be taken out.
   */
  Promise<T> withDeadEntries() {
    List<Runnable> waits = new ArrayList<>();
    for (int i = 0; i < DEAD_ENTRIES; i++) {
      waits.add(onMet(() -> {}));
    }
    waits.forEach(Runnable::run);
    return this;
  }

  void complete(T value) {
    settleAndDrain(End.of(value));
  }
}
