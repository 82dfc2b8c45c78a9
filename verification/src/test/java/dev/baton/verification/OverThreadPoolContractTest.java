package dev.baton.verification;

import dev.baton.testkit.BackendHarness;
import dev.baton.testkit.contract.BackendContract;
import java.util.concurrent.Executors;

/** The contract over a fixed pool of the JDK. */
final class OverThreadPoolContractTest implements BackendContract {

  @Override
  public BackendHarness harness() {
    return new OverHarness(shape -> Executors.newFixedThreadPool(shape.slotsOr(2)));
  }
}
