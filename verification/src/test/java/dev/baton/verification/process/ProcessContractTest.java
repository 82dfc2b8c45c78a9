package dev.baton.verification.process;

import dev.baton.testkit.BackendHarness;
import dev.baton.testkit.contract.BackendContract;
import org.junit.jupiter.api.Tag;

/** The contract in worker JVMs; minutes long, so it has a command of its own. */
@Tag("long")
final class ProcessContractTest implements BackendContract {

  @Override
  public BackendHarness harness() {
    return new ProcessHarness(options -> options);
  }
}
