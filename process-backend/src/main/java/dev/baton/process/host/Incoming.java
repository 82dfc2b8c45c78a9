package dev.baton.process.host;

import dev.baton.TaskEncodingException;
import dev.baton.process.codec.Decoder;
import dev.baton.process.codec.Encoded;
import dev.baton.process.wire.Answer;
import dev.baton.process.wire.Ask;
import dev.baton.process.wire.Cancel;
import dev.baton.process.wire.Damaged;
import dev.baton.process.wire.Fetch;
import dev.baton.process.wire.Frame;
import dev.baton.process.wire.Framing;
import dev.baton.process.wire.Items;
import dev.baton.process.wire.Lend;
import dev.baton.process.wire.LogEvent;
import dev.baton.process.wire.Opcode;
import dev.baton.process.wire.PayloadSink;
import dev.baton.process.wire.Progress;
import dev.baton.process.wire.Ready;
import dev.baton.process.wire.ResultHead;
import dev.baton.process.wire.Started;
import dev.baton.process.wire.SubmitHead;
import dev.baton.process.wire.WireException;
import dev.baton.spi.Outcome;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker says, handed to those it concerns. It runs on the thread that reads, so nothing
 * here decodes what a user's class made, or writes more than the pipe surely takes. Of the user's
 * code only listeners run here, when core tells them of a start.
 */
final class Incoming implements PayloadSink {

  private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);

  /** A longer text takes a while to decode, which is not for the thread that reads. */
  private static final int LARGEST_SCALAR = 1024;

  private final Worker worker;
  private final Decoder decoder;
  private final LaunchPlan plan;
  private final Consumer<Frame> answer;
  private final RemoteLog log;
  private final NestedTasks nested;

  Incoming(Worker worker, Decoder decoder, LaunchPlan plan, RemoteLog log, Consumer<Frame> answer) {
    this.worker = worker;
    this.decoder = decoder;
    this.plan = plan;
    this.answer = answer;
    this.nested = new NestedTasks(worker, worker.executor(), plan, answer);
    this.log = log;
  }

  /** Is told that nothing more comes. */
  void ended() {
    nested.workerIsGone();
  }

  @Override
  public void payload(Opcode opcode, long id, ByteBuffer payload) throws WireException {
    switch (opcode) {
      case READY -> worker.isReady(Ready.read(id, payload));
      case RESULT -> result(id, payload, List.of());
      case STARTED -> started(id, Started.read(id, payload));
      case PROGRESS -> progress(id, Progress.read(id, payload));
      case ITEMS -> items(id, Items.read(id, payload));
      case DEFINE -> decoder.define(Math.toIntExact(id), payload);
      case FETCH -> fetch(id, Fetch.read(id, payload));
      case LOG -> log.accept(LogEvent.read(id, payload));
      case SUBMIT -> nested.submit(id, SubmitHead.read(id, payload), Encoded.ofPortable(payload));
      case ASK -> ask(id, Ask.read(id, payload));
      case CANCEL -> nested.cancel(id, Cancel.read(id, payload));
      case LEND -> nested.lend(id, Lend.read(id, payload));
      case RESUME -> {
        opcode.checkEmpty(id, payload);
        nested.resume(id);
      }
      case GOODBYE -> worker.hasClosed();
      case DAMAGED -> LOG.error("{} says: {}", worker, Damaged.read(id, payload).reason());
      default -> throw new WireException(opcode + " is not for a parent, and came from " + worker);
    }
  }

  @Override
  public void payload(Opcode opcode, long id, ByteBuffer payload, List<ByteBuffer> pieces)
      throws WireException {
    if (opcode != Opcode.RESULT) {
      PayloadSink.super.payload(opcode, id, payload, pieces);
    }
    result(id, payload, pieces);
  }

  private void result(long id, ByteBuffer payload, List<ByteBuffer> pieces) throws WireException {
    ResultHead head = ResultHead.read(id, payload);
    Assignment assignment = worker.assigned(id);
    if (assignment == null) {
      LOG.debug("{} has a result of task {}, which it does not have", worker, id);
      return;
    }
    if (head.isPortable() && !assignment.shipment().encoded().isPortable()) {
      throw new WireException("The result of task " + id + " is portable, and its body was not.");
    }
    worker.completed(assignment, outcome(head, payload, pieces));
  }

  /** Decodes at once what needs no class of a user's, as that costs less than a thread. */
  private Outcome outcome(ResultHead head, ByteBuffer payload, List<ByteBuffer> pieces) {
    boolean isValue = head.kind() == ResultHead.Kind.VALUE && !head.isPortable();
    if (isValue && payload.remaining() <= LARGEST_SCALAR && Decoder.isScalar(payload)) {
      return decodeNow(head, payload);
    }
    ByteBuffer kept = kept(payload);
    return new Outcome.Encoded(
        () -> head.isPortable() ? passOn(head, kept) : decode(head, kept, pieces));
  }

  private Outcome decodeNow(ResultHead head, ByteBuffer scalar) {
    try {
      return decode(head, scalar, List.of());
    } catch (TaskEncodingException damaged) {
      return new Outcome.Failure(damaged);
    }
  }

  private Outcome decode(ResultHead head, ByteBuffer encoded, List<ByteBuffer> pieces) {
    return head.kind() == ResultHead.Kind.VALUE
        ? new Outcome.Success(decoder.decode(encoded, pieces, plan.loader()))
        : new Outcome.Failure(decoder.decodeFailure(encoded, plan.loader()));
  }

  /** Leaves the decoding to the worker that has submitted the task. */
  private Outcome passOn(ResultHead head, ByteBuffer portable) {
    return head.kind() == ResultHead.Kind.VALUE
        ? new Outcome.Success(new RelayedValue(portable))
        : new Outcome.Failure(decoder.passOnFailure(portable));
  }

  /** Returns the bytes for later; what came in one frame is in a buffer that is used again. */
  private static ByteBuffer kept(ByteBuffer payload) {
    if (payload.remaining() > Framing.LARGEST_FRAME) {
      return payload.slice();
    }
    return ByteBuffer.allocate(payload.remaining()).put(payload).flip();
  }

  private void started(long id, Started started) {
    Assignment assignment = worker.assigned(id);
    if (assignment != null) {
      assignment.run().started(worker.toString(), worker.toOurTime(started.nanoTime()));
    }
  }

  /** Claims at once, so that what was asked for before the worker's end is claimed. */
  private void ask(long id, Ask ask) {
    if (ask.question() == Ask.Question.CLAIM) {
      boolean granted = worker.assigned(id) instanceof Assignment assignment && assignment.claim();
      answer.accept(new Answer(granted, 0, null).frame(ask.request()));
    } else {
      nested.ask(id, ask);
    }
  }

  private void progress(long id, Progress progress) {
    Assignment assignment = worker.assigned(id);
    if (assignment != null) {
      assignment.run().progress(progress.value());
    }
  }

  private void items(long id, Items items) {
    Assignment assignment = worker.assigned(id);
    if (assignment == null) {
      return;
    }
    if (assignment.run().task() instanceof RelayedTask relayed) {
      relayed.keep(items, assignment.run());
    } else {
      assignment.run().itemsBegun(items.begun(), items.endedBytes());
    }
  }

  /** Looks for a class or a resource on a thread of its own: loaders may do anything. */
  private void fetch(long request, Fetch fetch) {
    Thread.startVirtualThread(() -> answer.accept(plan.classes().answer(request, fetch)));
  }

  @Override
  public void refused(Opcode opcode, long id, WireException reason) throws WireException {
    throw reason;
  }
}
