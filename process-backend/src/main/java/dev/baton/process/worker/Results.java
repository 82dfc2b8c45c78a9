package dev.baton.process.worker;

import dev.baton.process.codec.Encoded;
import dev.baton.process.codec.Encoder;
import dev.baton.process.codec.Template;
import dev.baton.process.wire.Frame;
import dev.baton.process.wire.Opcode;
import dev.baton.process.wire.ResultHead;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Says what came of tasks. Each method returns once that is with the parent's system, so that it
 * outlives this JVM; where that is not possible the worker ends, for a parent that waits in vain
 * would be worse. Belongs to the task thread.
 */
final class Results {

  private static final int RESERVE = 256 * 1024;

  /** For values that are not portable: each is written before its task is over here. */
  private final Encoder inPieces = Encoder.ofSharedPieces();

  private final Encoder encoder = new Encoder();
  private final Uplink uplink;

  /** The lambda expressions that the parent was told of. */
  private final BitSet defined = new BitSet();

  /** Let go of when there is no memory left to say so. */
  @SuppressWarnings("UnusedVariable") // what it holds is all that it is for
  private byte @Nullable [] reserve = new byte[RESERVE];

  Results(Uplink uplink) {
    this.uplink = uplink;
  }

  /** Says what a body returned, or why that cannot be encoded. */
  void value(Assignment task, @Nullable Object value) {
    ResultHead head = head(task, ResultHead.Kind.VALUE);
    Encoded encoded;
    try {
      encoded =
          head.isPortable() ? encoder.encodeResult(value).portable() : inPieces.encodeResult(value);
    } catch (Throwable unencodable) {
      failure(task, unencodable);
      return;
    }
    send(task.id(), head, encoded);
  }

  /** Says what a body threw. */
  void failure(Assignment task, Throwable thrown) {
    send(task.id(), head(task, ResultHead.Kind.FAILURE), thrown);
  }

  /** Says why a task cannot be read; its body never began. */
  void unreadable(Assignment task, Throwable reason) {
    send(task.id(), head(task, ResultHead.Kind.UNREADABLE), reason);
  }

  /** Says why a task cannot be read of which no more is known than its id. */
  void unreadable(long id, Throwable reason) {
    send(id, new ResultHead(ResultHead.Kind.UNREADABLE), reason);
  }

  private static Encoded inForm(ResultHead head, Encoded encoded) {
    return head.isPortable() ? encoded.portable() : encoded;
  }

  /** What came in portable form goes on in that form, to another JVM. */
  private static ResultHead head(Assignment task, ResultHead.Kind kind) {
    return new ResultHead(kind, task.head().isPortable());
  }

  private void send(long id, ResultHead head, Throwable thrown) {
    try {
      send(id, head, inForm(head, encoder.encodeFailure(thrown)));
    } catch (Throwable noMemory) {
      reserve = null;
      sendLast(id, head, thrown);
      reserve = new byte[RESERVE];
    }
  }

  private void sendLast(long id, ResultHead head, Throwable thrown) {
    try {
      send(id, head, inForm(head, encoder.encodeFailure(thrown)));
    } catch (Throwable noMemory) {
      ExitCode.UNANSWERABLE.halt("There is no memory left to say what a task threw.");
    }
  }

  private void send(long id, ResultHead head, Encoded encoded) {
    flushOutput();
    LogRelay.INSTANCE.sayDropped(uplink);
    try {
      uplink.sendResult(encoded.sizeWithPieces(), frames(id, head, encoded));
    } catch (Throwable failure) {
      ExitCode.UNANSWERABLE.halt("A result cannot be sent: " + failure);
    }
  }

  private Frame[] frames(long id, ResultHead head, Encoded encoded) {
    Frame result = head.frame(id, encoded.bytes(), encoded.pieces());
    if (encoded.templates().isEmpty()) {
      return new Frame[] {result};
    }
    List<Frame> frames = new ArrayList<>();
    for (Template template : encoded.templates()) {
      if (!defined.get(template.site())) {
        defined.set(template.site());
        frames.add(Frame.of(Opcode.DEFINE, template.site(), template.definition()));
      }
    }
    frames.add(result);
    return frames.toArray(new Frame[0]);
  }

  /** What a task prints is out before its result is. */
  private static void flushOutput() {
    try {
      System.out.flush();
      System.err.flush();
    } catch (Throwable failure) {
      LoggerFactory.getLogger(Results.class)
          .warn("A stream that a task has put in place of System.out does not flush", failure);
    }
  }
}
