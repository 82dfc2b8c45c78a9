package dev.baton.verification.jcstress;

import dev.baton.internal.future.BatonFuture;
import dev.baton.internal.future.BodilessFuture;
import dev.baton.internal.future.End;
import org.jspecify.annotations.Nullable;

/** A future whose end its test decides. */
final class Promise<T extends @Nullable Object> extends BodilessFuture<T> {

  private static final BatonFuture<?> ORIGIN = LoneOwner.silent().task(() -> "never run");

  Promise() {
    super("promise beside", ORIGIN);
  }

  void complete(T value) {
    settleAndDrain(End.of(value));
  }
}
