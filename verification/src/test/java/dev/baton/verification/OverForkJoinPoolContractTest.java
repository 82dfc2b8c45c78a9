package dev.baton.verification;

import dev.baton.testkit.BackendHarness;
import dev.baton.testkit.contract.BackendContract;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Tag;

/** The contract over a fork-join pool that takes its tasks first in first out. */
@Tag("long")
final class OverForkJoinPoolContractTest implements BackendContract {

  @Override
  public BackendHarness harness() {
    return new OverHarness(
        shape ->
            new ForkJoinPool(
                shape.slotsOr(2), ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true));
  }
}
