package dev.baton.verification;

import dev.baton.testkit.BackendHarness;
import dev.baton.testkit.contract.BackendContract;
import java.util.concurrent.Executors;

/** The contract over an executor of the JDK that starts a virtual thread for each task. */
final class OverVirtualThreadsContractTest implements BackendContract {

  @Override
  public BackendHarness harness() {
    return new OverHarness(
        shape -> shape.isExact() ? null : Executors.newVirtualThreadPerTaskExecutor());
  }
}
