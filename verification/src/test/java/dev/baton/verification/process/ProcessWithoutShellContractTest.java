package dev.baton.verification.process;

import dev.baton.process.ProcessOptions.Transport;
import dev.baton.testkit.BackendHarness;
import dev.baton.testkit.contract.BackendContract;
import org.junit.jupiter.api.Tag;

/** The contract in worker JVMs that are reached over their standard streams. */
@Tag("long")
final class ProcessWithoutShellContractTest implements BackendContract {

  @Override
  public BackendHarness harness() {
    return new ProcessHarness(options -> options.transport(Transport.STREAMS));
  }
}
