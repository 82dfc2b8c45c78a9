package dev.baton.process.worker;

import dev.baton.TaskEncodingException;
import dev.baton.TaskProgress;
import dev.baton.TaskTimeoutException;
import dev.baton.process.codec.Decoder;
import dev.baton.process.codec.Encoded;
import dev.baton.process.wire.Items;
import dev.baton.process.wire.OutcomeHead;
import dev.baton.spi.Outcome;
import dev.baton.spi.TaskRun;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A task that a body of this worker has submitted, on its way through the parent. */
final class Submission {

  private final long id;
  private final int attempt;
  private final Encoded body;
  private final Decoder decoder;
  private final ClassLoader loader;

  /**
   * The run that waits for the outcome, or the outcome that waits for the run, or null before
   * either. Whoever of the two comes first is written by compare-and-set, and the second completes
   * the run. Each attempt has a submission of its own.
   */
  private final AtomicReference<@Nullable Object> first = new AtomicReference<>();

  /** Guards the three below. */
  private final ReentrantLock lock = new ReentrantLock();

  /** How many threads ask for the task back at this moment. */
  private int withdrawals;

  /** Whether one of them got it: what came of the task is then theirs to say. */
  private boolean isWithdrawn;

  /** The cancel that arrived while somebody asked, perhaps because of that. */
  private @Nullable Arrived held;

  /** Added to by the reader before it hands on the outcome. */
  private final List<Items> items = new CopyOnWriteArrayList<>();

  /** What came of the task, and where its body ran from when on, if it did. */
  private record Arrived(@Nullable String worker, long startedAt, Outcome outcome) {}

  Submission(long id, int attempt, Encoded body, Decoder decoder, ClassLoader loader) {
    this.id = id;
    this.attempt = attempt;
    this.body = body;
    this.decoder = decoder;
    this.loader = loader;
  }

  long id() {
    return id;
  }

  /** Returns which attempt at its task this is. */
  int attempt() {
    return attempt;
  }

  ByteBuffer body() {
    return body.bytes();
  }

  /** Completes a run with the outcome, now or when it arrives. */
  void await(TaskRun run) {
    if (!first.compareAndSet(null, run) && first.get() instanceof Arrived arrived) {
      complete(run, arrived);
    }
  }

  /** Is told what came of the task, and decodes it. */
  void arrived(OutcomeHead head, ByteBuffer encoded) {
    arrived(new Arrived(head.worker(), head.startedAt(), outcome(head, encoded)));
  }

  /** Is told that what came of the task is too large for this JVM. */
  void refused(Exception reason) {
    TaskEncodingException tooLarge =
        new TaskEncodingException(String.valueOf(reason.getMessage()), reason);
    arrived(new Arrived(null, 0, new Outcome.Failure(tooLarge)));
  }

  private void arrived(Arrived arrived) {
    if (!isHeldBack(arrived)) {
      pass(arrived);
    }
  }

  private boolean isHeldBack(Arrived arrived) {
    lock.lock();
    try {
      if (isWithdrawn) {
        return true;
      }
      boolean isDoubtful = withdrawals > 0 && arrived.outcome() instanceof Outcome.Cancelled;
      if (isDoubtful) {
        held = arrived;
      }
      return isDoubtful;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Says that the task is about to be asked for: if that is granted the parent cancels it, and says
   * so perhaps before it answers. Who asks knows better why.
   */
  void withdrawalBegins() {
    lock.lock();
    try {
      withdrawals++;
    } finally {
      lock.unlock();
    }
  }

  /** Says whether the task was given back; if it was not, what arrived meanwhile counts. */
  void withdrawalEnds(boolean isGranted) {
    Arrived late = null;
    lock.lock();
    try {
      withdrawals--;
      isWithdrawn |= isGranted;
      if (withdrawals == 0 && !isWithdrawn) {
        late = held;
        held = null;
      }
    } finally {
      lock.unlock();
    }
    if (late != null) {
      pass(late);
    }
  }

  private void pass(Arrived arrived) {
    if (!first.compareAndSet(null, arrived) && first.get() instanceof TaskRun run) {
      complete(run, arrived);
    }
  }

  private void complete(TaskRun run, Arrived arrived) {
    items.forEach(word -> run.itemsBegun(word.begun(), word.endedBytes()));
    if (arrived.worker() != null) {
      run.started(arrived.worker(), arrived.startedAt());
    }
    run.complete(arrived.outcome());
  }

  private Outcome outcome(OutcomeHead head, ByteBuffer encoded) {
    try {
      return switch (head.kind()) {
        case VALUE -> new Outcome.Success(decoder.decodePortable(encoded, loader));
        case FAILURE -> new Outcome.Failure(decoder.decodePortableFailure(encoded, loader));
        case EXPIRED -> expired(decoder.decodePortableFailure(encoded, loader));
        case CANCELLED -> new Outcome.Cancelled(String.valueOf(head.reason()));
      };
    } catch (Throwable undecodable) {
      return new Outcome.Failure(undecodable);
    }
  }

  private static Outcome expired(Throwable cause) {
    return cause instanceof TaskTimeoutException limit
        ? new Outcome.Expired(limit)
        : new Outcome.Failure(cause);
  }

  /** Keeps, on the reader and before the outcome, what became of the items of a chunk. */
  void items(Items word) {
    items.add(word);
  }

  void progress(TaskProgress progress) {
    if (first.get() instanceof TaskRun run) {
      run.progress(progress);
    }
  }
}
