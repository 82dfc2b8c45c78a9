package dev.baton.internal.future;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.TaskFuture;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class EitherTest {

  private final BodilessFuture<String> source = new BodilessFuture<>();
  private final BodilessFuture<String> other = new BodilessFuture<>();
  private final Queue<Runnable> later = new ArrayDeque<>();

  @Test
  void theOneThatWasDoneFirstCountsThoughTheExecutorRunsLater() {
    other.settleAndDrain("other");
    TaskFuture<String> first = source.applyToEitherAsync(other, value -> value, later::add);
    source.settleAndDrain(new End.Failed(new IllegalStateException("too late")));
    later.remove().run();
    assertEquals("other", first.join());
  }

  @Test
  void theOneThatIsDoneFirstCountsThoughTheExecutorRunsLater() {
    TaskFuture<String> first = source.applyToEitherAsync(other, value -> value, later::add);
    other.settleAndDrain("other");
    source.settleAndDrain(new End.Failed(new IllegalStateException("too late")));
    later.remove().run();
    assertEquals("other", first.join());
  }

  @Test
  void ofTwoThatAreDoneTheSourceCounts() {
    source.settleAndDrain("source");
    other.settleAndDrain("other");
    assertEquals("source", source.applyToEither(other, value -> value).join());
    assertEquals("other", other.applyToEither(source, value -> value).join());
  }
}
