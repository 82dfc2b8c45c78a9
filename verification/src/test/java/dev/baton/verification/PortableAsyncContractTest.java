package dev.baton.verification;

import dev.baton.async.AsyncOptions;
import dev.baton.testkit.BackendHarness;
import dev.baton.testkit.Shape;
import dev.baton.testkit.contract.BackendContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;

/** The contract on one event loop whose tasks and results are copied as if they went elsewhere. */
@Tag("long")
final class PortableAsyncContractTest implements BackendContract {

  @Override
  public BackendHarness harness() {
    return BackendHarness.of(PortableAsyncContractTest::options);
  }

  private static @Nullable AsyncOptions options(Shape shape) {
    AsyncOptions options = AsyncContractTest.options(shape, 1);
    return options == null ? null : options.portable();
  }
}
