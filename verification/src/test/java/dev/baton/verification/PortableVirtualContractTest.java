package dev.baton.verification;

import dev.baton.VirtualOptions;
import dev.baton.testkit.BackendHarness;
import dev.baton.testkit.Shape;
import dev.baton.testkit.contract.BackendContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;

/** The contract on virtual threads whose tasks and results are copied as if they went elsewhere. */
@Tag("long")
final class PortableVirtualContractTest implements BackendContract {

  @Override
  public BackendHarness harness() {
    return BackendHarness.of(PortableVirtualContractTest::options);
  }

  private static @Nullable VirtualOptions options(Shape shape) {
    if (shape.queue() != null) {
      return null;
    }
    VirtualOptions options = shape.applyTo(VirtualOptions.defaults().portable());
    return shape.isExact() && shape.limit() == null ? options.limit(shape.slots()) : options;
  }
}
