package dev.baton.verification;

import dev.baton.testkit.BackendHarness;
import dev.baton.testkit.contract.BackendContract;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;

/** The contract over an executor of the JDK that starts a virtual thread for each task. */
@Tag("long")
final class OverVirtualThreadsContractTest implements BackendContract {

  @Override
  public BackendHarness harness() {
    return new OverHarness(
        shape -> shape.isExact() ? null : Executors.newVirtualThreadPerTaskExecutor());
  }
}
