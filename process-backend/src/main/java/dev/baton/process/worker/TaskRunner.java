package dev.baton.process.worker;

import dev.baton.Task;
import dev.baton.TaskEncodingException;
import dev.baton.process.codec.Decoder;
import dev.baton.process.wire.Frame;
import dev.baton.process.wire.LogEvent;
import dev.baton.process.wire.Opcode;
import dev.baton.process.wire.Started;
import dev.baton.process.wire.TaskHead;
import dev.baton.spi.WorkerScope;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Runs one task after the other. Belongs to the task thread. */
final class TaskRunner {

  private final Decoder decoder;
  private final ClassLoader loader;
  private final @Nullable Claims claims;
  private final Uplink uplink;
  private final Results results;
  private final ThreadIdentity identity;
  private final ParentBaton parent;

  private WorkerScope scope = new WorkerScope(Map.of());

  /** Why there are no resources; every task fails with it. */
  private @Nullable Throwable unusable;

  TaskRunner(
      Decoder decoder,
      ClassLoader loader,
      @Nullable Claims claims,
      Uplink uplink,
      LoggingContext loggingContexts,
      ParentBaton parent) {
    this.parent = parent;
    this.decoder = decoder;
    this.loader = loader;
    this.claims = claims;
    this.uplink = uplink;
    this.results = new Results(uplink);
    this.identity = new ThreadIdentity(loader, loggingContexts);
  }

  /** Makes the worker's scope of encoded factories. */
  @SuppressWarnings("unchecked") // the parent has encoded such a map
  void initialize(Work.Resources factories) {
    identity.renew(Map.of());
    try {
      Object decoded = decoder.decode(factories.encoded(), loader);
      scope =
          new WorkerScope((Map<Class<?>, Task<?>>) Objects.requireNonNull(decoded, "factories"));
    } catch (Throwable failure) {
      unusable = failure;
    }
  }

  /** Answers for a task that was too large to be taken. */
  void refuse(Work.Refusal task) {
    results.unreadable(
        task.id(),
        new TaskEncodingException(String.valueOf(task.reason().getMessage()), task.reason()));
  }

  /** Runs a task unless it was withdrawn, and says what came of it. */
  void run(Assignment task) {
    try {
      if (claim(task)) {
        LogRelay.INSTANCE.setTask(task.id());
        identity.renew(task.head().loggingContext());
        runClaimed(task);
      }
    } catch (Throwable failure) {
      results.failure(task, failure);
    } finally {
      LogRelay.INSTANCE.setTask(LogEvent.NO_TASK);
      if (claims != null) {
        claims.mapSoon();
      }
    }
  }

  private boolean claim(Assignment task) {
    int slot = task.head().slot();
    if (slot == TaskHead.NO_SLOT) {
      uplink.send(new Started(System.nanoTime()).frame(task.id()));
      return true;
    }
    if (claims == null) {
      throw new IllegalStateException(
          "Task " + task.id() + " has slot " + slot + ", and this worker has no claim page.");
    }
    return claims.claim(slot, task.id());
  }

  private void runClaimed(Assignment task) {
    if (unusable != null) {
      results.failure(task, unusable);
      return;
    }
    Callable<?> body;
    try {
      body = decode(task);
    } catch (TaskEncodingException reason) {
      results.unreadable(task, reason);
      return;
    }
    call(task, body);
  }

  private Callable<?> decode(Assignment task) {
    Assignment.Body encoded = task.takeBody();
    Object decoded =
        task.head().isPortable()
            ? decoder.decodePortable(encoded.bytes(), loader)
            : decoder.decode(encoded.bytes(), encoded.pieces(), loader);
    if (decoded instanceof Callable<?> body) {
      return body;
    }
    throw new TaskEncodingException(
        "What was sent for task " + task.id() + " is not a Callable. Send one.", null);
  }

  private void call(Assignment task, Callable<?> body) {
    ProgressRelay progress = new ProgressRelay(task.id(), uplink);
    AssignedContext context =
        new AssignedContext(task, task.head().latestEnd(), scope, progress, parent);
    @Nullable Object value = null;
    @Nullable Throwable thrown = null;
    task.begin();
    try {
      value = scope.call(context, parent.slotOf(task.id()), body);
    } catch (Throwable failure) {
      thrown = failure;
    } finally {
      task.leave();
    }
    identity.renew(task.head().loggingContext());
    progress.end();
    if (thrown == null) {
      results.value(task, value);
    } else {
      results.failure(task, thrown);
    }
  }

  /** Closes what tasks have left open, and waits until the parent was told all. */
  void close() throws IOException {
    identity.renew(Map.of());
    scope.close();
    LogRelay.INSTANCE.sayDropped(uplink);
    System.out.flush();
    System.err.flush();
    uplink.send(Frame.of(Opcode.GOODBYE, 0));
    uplink.flush();
  }
}
