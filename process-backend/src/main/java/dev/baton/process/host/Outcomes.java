package dev.baton.process.host;

import dev.baton.TaskFuture;
import dev.baton.TaskInfo;
import dev.baton.TaskTimeoutException;
import dev.baton.process.codec.EncodedFailure;
import dev.baton.process.codec.Encoder;
import dev.baton.process.wire.Frame;
import dev.baton.process.wire.OutcomeHead;
import dev.baton.process.wire.OutcomeHead.Kind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Says to one worker what came of the tasks that it has submitted. */
final class Outcomes {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Worker receiver;
  private final Encoder encoder = new Encoder();

  Outcomes(Worker receiver) {
    this.receiver = receiver;
  }

  /** Makes the frame that tells what came of a task that is done and over. */
  Frame frame(long id, TaskFuture<?> future) {
    return switch (future.state()) {
      case SUCCESS -> value(id, future);
      case CANCELLED ->
          head(Kind.CANCELLED, future, reasonOf(future)).frame(id, NOTHING.duplicate());
      case FAILED, RUNNING -> failed(id, future, future.exceptionNow());
    };
  }

  /** What a body throws arrives encoded; a time limit that is not was enforced here. */
  private Frame failed(long id, TaskFuture<?> future, Throwable cause) {
    return cause instanceof TaskTimeoutException
        ? head(Kind.EXPIRED, future, null).frame(id, portable(cause))
        : failure(id, future, cause);
  }

  /** Most values come from another worker, and go on as they came. */
  private Frame value(long id, TaskFuture<?> future) {
    ByteBuffer portable;
    try {
      portable =
          future.resultNow() instanceof RelayedValue relayed
              ? relayed.portable()
              : encoder.encodeResult(future.resultNow()).portable().bytes();
    } catch (RuntimeException | Error unencodable) {
      return failure(id, future, unencodable);
    }
    return head(Kind.VALUE, future, null).frame(id, portable);
  }

  /** Makes the frame that tells of a failure. */
  Frame failure(long id, TaskFuture<?> future, Throwable cause) {
    return head(Kind.FAILURE, future, null).frame(id, portable(cause));
  }

  /** Most failures come from another worker, and go on as they came. */
  private ByteBuffer portable(Throwable cause) {
    ByteBuffer relayed = cause instanceof EncodedFailure encoded ? encoded.portable() : null;
    return relayed == null ? encoder.encodeFailure(cause).portable().bytes() : relayed;
  }

  private OutcomeHead head(Kind kind, TaskFuture<?> future, @Nullable String reason) {
    TaskInfo info = future.info();
    Instant started = info.started();
    long ago = started == null ? 0 : Duration.between(started, Instant.now()).toNanos();
    long startedAt = receiver.toItsTime(System.nanoTime() - ago);
    return new OutcomeHead(kind, info.worker(), startedAt, reason);
  }

  private static String reasonOf(TaskFuture<?> cancelled) {
    try {
      cancelled.join();
    } catch (CancellationException why) {
      return String.valueOf(why.getMessage());
    }
    throw new IllegalStateException("It was cancelled: " + cancelled);
  }
}
