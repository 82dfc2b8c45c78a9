package dev.baton.verification;

import dev.baton.testkit.BackendHarness;
import dev.baton.testkit.contract.BackendContract;
import org.junit.jupiter.api.Tag;

/** The contract on several event loops, whose tasks run at once. */
@Tag("long")
final class AsyncLoopsContractTest implements BackendContract {

  @Override
  public BackendHarness harness() {
    return BackendHarness.of(shape -> AsyncContractTest.options(shape, shape.slotsOr(2)));
  }
}
