package dev.baton.process.worker;

import dev.baton.process.wire.Answer;
import dev.baton.process.wire.Frame;
import dev.baton.process.wire.Items;
import dev.baton.process.wire.OutcomeHead;
import dev.baton.process.wire.Progress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What bodies of this worker ask of their executor in the parent, and what the parent says of the
 * tasks that they have submitted. Any number of threads may ask; the reader brings the answers, and
 * never asks.
 */
final class ParentLink {

  private static final Answer NO = new Answer(false, 0, null);

  private final Uplink uplink;

  /** Numbers the requests; guards nothing. */
  private final AtomicLong numbers = new AtomicLong();

  private final Map<Long, Request> open = new ConcurrentHashMap<>();

  /** The tasks that the parent has and that are not over there, by their numbers here. */
  private final Map<Long, Submission> submissions = new ConcurrentHashMap<>();

  /** What somebody waits for. */
  private static final class Request {
    /** Opened by the reader once the answer is there; what was written before is then seen. */
    final CountDownLatch arrived = new CountDownLatch(1);

    Answer answer = NO;
  }

  ParentLink(Uplink uplink) {
    this.uplink = uplink;
  }

  /** Says something that needs no answer. */
  void say(Frame frame) {
    uplink.send(frame);
  }

  /**
   * Asks and waits, deaf to interrupts: the parent answers as soon as its executor does, which may
   * be full and block who submits; or it is gone, and then this JVM halts. The thread's interrupt
   * flag is set afterwards if an interrupt came.
   *
   * @param question makes the frame, given the number of the request
   */
  Answer ask(LongFunction<Frame> question) {
    long number = numbers.incrementAndGet();
    Request request = new Request();
    open.put(number, request);
    try {
      if (uplink.send(question.apply(number))) {
        awaitArrival(request);
      }
      return request.answer;
    } finally {
      open.remove(number);
    }
  }

  private static void awaitArrival(Request request) {
    boolean interrupted = false;
    while (true) {
      try {
        request.arrived.await();
        break;
      } catch (InterruptedException late) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Brings an answer, on the reader. */
  void answer(long number, Answer answer) {
    Request request = open.get(number);
    if (request != null) {
      request.answer = answer;
      request.arrived.countDown();
    }
  }

  /** Expects to hear of a submission from now on. */
  void expect(Submission submission) {
    submissions.put(submission.id(), submission);
  }

  /** Returns the submission of a task that is not over in the parent, or null. */
  @Nullable Submission submission(long id) {
    return submissions.get(id);
  }

  /** Expects to hear nothing more of a submission. */
  void forget(Submission submission) {
    submissions.remove(submission.id(), submission);
  }

  /**
   * Brings, on the reader, what came of a submission; it is decoded and told on another thread.
   *
   * @param encoded the caller's own
   */
  void outcome(long id, OutcomeHead head, ByteBuffer encoded) {
    Submission submission = submissions.remove(id);
    if (submission != null) {
      Thread.startVirtualThread(() -> submission.arrived(head, encoded));
    }
  }

  /** Brings, on the reader, why the outcome of a submission could not be taken. */
  void refused(long id, Exception reason) {
    Submission submission = submissions.remove(id);
    if (submission != null) {
      Thread.startVirtualThread(() -> submission.refused(reason));
    }
  }

  /** Brings, on the reader and before its outcome, what became of the items of a chunk. */
  void items(long id, Items items) {
    Submission submission = submissions.get(id);
    if (submission != null) {
      submission.items(items);
    }
  }

  /** Brings, on the reader, how far a submission has come. */
  void progress(long id, Progress progress) {
    Submission submission = submissions.get(id);
    if (submission != null) {
      submission.progress(progress.value());
    }
  }
}
