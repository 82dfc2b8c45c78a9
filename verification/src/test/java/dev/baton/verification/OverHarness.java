package dev.baton.verification;

import dev.baton.Baton;
import dev.baton.testkit.BackendHarness;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens facades over executors of the JDK, and closes those executors afterwards. */
final class OverHarness implements BackendHarness {

  private final Function<Shape, @Nullable ExecutorService> factory;
  private final Map<Baton, ExecutorService> executors = new ConcurrentHashMap<>();

  /** The factory returns null for a number of slots that its executors do not have. */
  OverHarness(Function<Shape, @Nullable ExecutorService> factory) {
    this.factory = factory;
  }

  @Override
  public @Nullable Baton open(Shape shape) {
    ExecutorService executor = shape.isPlain() ? factory.apply(shape) : null;
    if (executor == null) {
      return null;
    }
    Baton baton = Baton.over(executor);
    executors.put(baton, executor);
    return baton;
  }

  @Override
  public void closed(Baton baton) {
    ExecutorService executor = executors.remove(baton);
    if (executor != null) {
      executor.close();
    }
  }

  @Override
  public Map<Row, String> exemptions() {
    return Map.of(
        Row.NESTED_WAITS, "the executor below has no slots that could be lent",
        Row.EXIT, "what keeps the JVM alive is the affair of the executor below");
  }
}
