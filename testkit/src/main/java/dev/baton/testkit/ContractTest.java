package dev.baton.testkit;

import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What all parts of the contract have in common. Each test is given a {@link Fixture}, is watched
 * by a {@link Watchdog}, and may leave nothing behind.
 */
@ExtendWith({Watchdog.class, NoLeftovers.class, ContractExtension.class})
@TestMethodOrder(RowOrder.class)
@DisplayNameGeneration(RowNames.class)
public interface ContractTest {

  /**
   * Returns the backend under test. It is called for each test.
   *
   * @return a harness
   */
  BackendHarness harness();
}
