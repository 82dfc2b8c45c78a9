package dev.baton.verification;

import dev.baton.testkit.BackendHarness;
import dev.baton.testkit.contract.BackendContract;

/** The contract on several event loops, whose tasks run at once. */
final class AsyncLoopsContractTest implements BackendContract {

  @Override
  public BackendHarness harness() {
    return BackendHarness.of(shape -> AsyncContractTest.options(shape, shape.slotsOr(2)));
  }
}
