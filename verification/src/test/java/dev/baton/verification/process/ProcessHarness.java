package dev.baton.verification.process;

import dev.baton.Baton;
import dev.baton.process.ProcessOptions;
import dev.baton.testkit.BackendHarness;
import dev.baton.testkit.Shape;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Opens worker JVMs of one kind for the contract.
 *
 * @param kind changes the options to those of that kind
 */
record ProcessHarness(UnaryOperator<ProcessOptions> kind) implements BackendHarness {

  @Override
  public @Nullable Baton open(Shape shape) {
    if (shape.queue() != null) {
      return null;
    }
    ProcessOptions options =
        ProcessOptions.defaults().workers(shape.slotsOr(2)).heap(64).grace(Duration.ofMillis(300));
    return Baton.open(shape.applyTo(kind.apply(options)));
  }
}
