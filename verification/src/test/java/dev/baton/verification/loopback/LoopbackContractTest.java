package dev.baton.verification.loopback;

import dev.baton.Baton;
import dev.baton.testkit.BackendHarness;
import dev.baton.testkit.Shape;
import dev.baton.testkit.contract.BackendContract;
import org.jspecify.annotations.Nullable;

final class LoopbackContractTest implements BackendContract {

  @Override
  public BackendHarness harness() {
    return new BackendHarness() {
      @Override
      public @Nullable Baton open(Shape shape) {
        LoopbackOptions options = LoopbackOptions.defaults().workers(shape.slotsOr(2));
        return shape.queue() == null ? Baton.open(shape.applyTo(options)) : null;
      }
    };
  }
}
