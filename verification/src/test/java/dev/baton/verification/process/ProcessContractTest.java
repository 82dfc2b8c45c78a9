package dev.baton.verification.process;

import dev.baton.Baton;
import dev.baton.process.ProcessOptions;
import dev.baton.testkit.BackendHarness;
import dev.baton.testkit.Shape;
import dev.baton.testkit.contract.BackendContract;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;

/** The contract in worker JVMs; minutes long, so it has a command of its own. */
@Tag("long")
final class ProcessContractTest implements BackendContract {

  @Override
  public BackendHarness harness() {
    return new BackendHarness() {
      @Override
      public @Nullable Baton open(Shape shape) {
        ProcessOptions options =
            ProcessOptions.defaults()
                .workers(shape.slotsOr(2))
                .heap(64)
                .grace(Duration.ofMillis(300));
        return shape.queue() == null ? Baton.open(shape.applyTo(options)) : null;
      }
    };
  }
}
