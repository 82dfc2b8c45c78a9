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

  /** Virtual threads have no bounded queue, and no slots but their limit. */
  private static @Nullable VirtualOptions options(Shape shape) {
    if (shape.queue() != null) {
      return null;
    }
    VirtualOptions options = shape.applyTo(VirtualOptions.defaults());
    return shape.isExact() && shape.limit() == null ? options.limit(shape.slots()) : options;
  }
}
