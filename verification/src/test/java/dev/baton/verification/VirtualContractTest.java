package dev.baton.verification;

import dev.baton.VirtualOptions;
import dev.baton.testkit.BackendHarness;
import dev.baton.testkit.Shape;
import dev.baton.testkit.contract.BackendContract;
import org.jspecify.annotations.Nullable;

/** The contract on virtual threads. */
final class VirtualContractTest implements BackendContract {

  @Override
  public BackendHarness harness() {
    return BackendHarness.of(VirtualContractTest::options);
  }

  /** Virtual threads have no bounded queue. */
  private static @Nullable VirtualOptions options(Shape shape) {
    if (shape.queue() != null) {
      return null;
    }
    VirtualOptions options = shape.applyTo(VirtualOptions.defaults());
    return shape.slots() == 0 ? options : options.limit(shape.slots());
  }
}
