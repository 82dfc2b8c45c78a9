package dev.baton.verification;

import dev.baton.async.AsyncOptions;
import dev.baton.testkit.BackendHarness;
import dev.baton.testkit.Shape;
import dev.baton.testkit.contract.BackendContract;
import org.jspecify.annotations.Nullable;

/** The contract on one event loop, whose tasks overlap where they wait. */
final class AsyncContractTest implements BackendContract {

  @Override
  public BackendHarness harness() {
    return BackendHarness.of(shape -> options(shape, 1));
  }

  /** A loop has no bounded queue, and no slots but its limit. */
  static @Nullable AsyncOptions options(Shape shape, int loops) {
    if (shape.queue() != null) {
      return null;
    }
    AsyncOptions options = shape.applyTo(AsyncOptions.defaults().loops(loops));
    boolean isLimited = shape.isExact() || shape.lend() != null;
    return isLimited && shape.limit() == null ? options.limit(shape.slots()) : options;
  }
}
