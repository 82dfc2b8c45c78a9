package dev.baton.verification.inline;

import dev.baton.Baton;
import dev.baton.testkit.BackendHarness;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.contract.BackendContract;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class InlineContractTest implements BackendContract {

  private static final Map<Row, String> EXEMPTIONS =
      Map.of(
          Row.CANCELLING, "a body is over before its future is known to anyone",
          Row.CALLBACKS, "so every callback is attached to a future that is done",
          Row.NESTED_WAITS, "nothing else runs while a body does",
          Row.EXIT, "bodies run on the caller's threads, which stay or go as the caller likes");

  @Override
  public BackendHarness harness() {
    return new BackendHarness() {
      @Override
      public @Nullable Baton open(Shape shape) {
        boolean fits = shape.slots() == 0 && shape.queue() == null;
        return fits ? Baton.open(shape.applyTo(InlineOptions.defaults())) : null;
      }

      @Override
      public Map<Row, String> exemptions() {
        return EXEMPTIONS;
      }
    };
  }
}
