package dev.baton.process.host;

import dev.baton.Task;
import dev.baton.process.codec.Decoder;
import dev.baton.process.codec.Encoded;
import dev.baton.process.wire.Items;
import dev.baton.spi.TaskRun;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A task that a worker has submitted, as it came: its body goes on to another worker without being
 * decoded here. Called, as one that never began may be after a {@code shutdownNow}, it is decoded
 * after all.
 */
@SuppressWarnings("serial") // it is never serialized: its bytes are what travels
final class RelayedTask implements Task<@Nullable Object> {

  private final Encoded body;
  private final int attempt;
  private final LaunchPlan plan;

  /** Added to by the reader of the worker that runs it, and read after its end. */
  private final List<Items> items = new CopyOnWriteArrayList<>();

  /** Whose words these are: an attempt begins with none. Written by the same reader. */
  private volatile @Nullable TaskRun saidBy;

  /**
   * Wraps what came.
   *
   * @param attempt which attempt at the task this is for the worker that has submitted it, from 1
   */
  RelayedTask(Encoded body, int attempt, LaunchPlan plan) {
    this.body = body;
    this.attempt = attempt;
    this.plan = plan;
  }

  /** Returns which attempt this is for the worker that has submitted it, from 1. */
  int attempt() {
    return attempt;
  }

  Encoded body() {
    return body;
  }

  /** Keeps what a run says of the items of a chunk, for the worker that has submitted it. */
  void keep(Items word, TaskRun run) {
    if (run != saidBy) {
      items.clear();
      saidBy = run;
    }
    items.add(word);
  }

  /** Returns what was kept, once the run is complete. */
  List<Items> items() {
    return items;
  }

  @Override
  public @Nullable Object call() throws Exception {
    Object decoded = new Decoder(plan.filter()).decodePortable(body.bytes(), plan.loader());
    return ((Callable<?>) Objects.requireNonNull(decoded, "the body of a task")).call();
  }
}
