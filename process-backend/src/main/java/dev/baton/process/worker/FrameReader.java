package dev.baton.process.worker;

import dev.baton.TaskEncodingException;
import dev.baton.process.codec.Decoder;
import dev.baton.process.wire.Answer;
import dev.baton.process.wire.Cancel;
import dev.baton.process.wire.Damaged;
import dev.baton.process.wire.Direction;
import dev.baton.process.wire.ForeignBytes;
import dev.baton.process.wire.Found;
import dev.baton.process.wire.FrameDecoder;
import dev.baton.process.wire.Framing;
import dev.baton.process.wire.Hello;
import dev.baton.process.wire.Items;
import dev.baton.process.wire.Opcode;
import dev.baton.process.wire.OutcomeHead;
import dev.baton.process.wire.PayloadAssembly;
import dev.baton.process.wire.PayloadSink;
import dev.baton.process.wire.Progress;
import dev.baton.process.wire.Protocol;
import dev.baton.process.wire.Region;
import dev.baton.process.wire.TaskHead;
import dev.baton.process.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the parent sends, and passes it on. It never decodes a user's payload, loads a user's
 * class, runs a user's code or waits for a write: so it sees the parent's end whatever goes on, and
 * then halts the JVM.
 */
final class FrameReader implements Runnable, PayloadSink, ForeignBytes {

  /** How long the last word may take. */
  private static final Duration PARTING = Duration.ofSeconds(1);

  private final InputStream in;
  private final Uplink uplink;
  private final Inbox inbox;
  private final ParentSource source;
  private final ParentLink parent;
  private final Decoder templates;
  private final FrameDecoder frames;
  private final PayloadAssembly payloads;
  private final IdleSpin spin;

  private boolean greeted;

  /**
   * Whether there is a claim page. Then no task is cancelled before it has come, and was claimed.
   */
  private boolean hasClaims;

  /** What came last, or null. */
  private @Nullable Attempt latest;

  /** What was cancelled before it came, as it is large, or null; without a page. */
  private @Nullable Attempt cancelledEarly;

  private long foreignBytes;

  /** One attempt at a task. */
  private record Attempt(long task, int number) {}

  FrameReader(
      WorkerStreams streams,
      Uplink uplink,
      Inbox inbox,
      ParentSource source,
      ParentLink parent,
      Decoder templates,
      IdleSpin spin) {
    this.in = streams.in();
    this.uplink = uplink;
    this.inbox = inbox;
    this.source = source;
    this.parent = parent;
    this.templates = templates;
    this.spin = spin;
    this.frames = streams.framing().decoder(Direction.TO_WORKER, this);
    // a payload has to be decoded too, so one that fills the heap is of no use
    long largest = Runtime.getRuntime().maxMemory() / 2;
    this.payloads = new PayloadAssembly(Direction.TO_WORKER, largest, this);
  }

  @Override
  public void run() {
    try {
      readToEnd();
      ExitCode.DONE.halt();
    } catch (WireException damage) {
      end(ExitCode.DAMAGED, String.valueOf(damage.getMessage()));
    } catch (IOException failure) {
      end(ExitCode.DAMAGED, "Its frames cannot be read: " + failure.getMessage());
    } catch (Throwable failure) {
      ExitCode.UNANSWERABLE.halt("Its frames cannot be read: " + failure);
    }
  }

  private void readToEnd() throws IOException {
    do {
      while (frames.next(payloads)) {
        // the sink has it
      }
      checkForeign();
      spin.await(in);
    } while (frames.readFrom(in) >= 0);
  }

  @Override
  public void foreign(ByteBuffer bytes) {
    foreignBytes += bytes.remaining();
  }

  /** Nobody but the parent writes here, so what is no frame is damage. */
  private void checkForeign() throws WireException {
    if (foreignBytes > 0) {
      throw new WireException(foreignBytes + " bytes from the parent belong to no frame.");
    }
  }

  /** Ends the worker with a word to the parent, if that word can be written. */
  private void end(ExitCode code, String why) {
    Thread speaker =
        new Thread(
            () -> {
              uplink.send(new Damaged(why).frame(0));
              code.halt(why);
            },
            "baton-damage");
    speaker.setDaemon(true);
    speaker.start();
    try {
      speaker.join(PARTING);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    } finally {
      code.halt();
    }
  }

  @Override
  public void payload(Opcode opcode, long id, ByteBuffer payload) throws WireException {
    if (greeted == (opcode == Opcode.HELLO)) {
      throw new WireException(
          opcode + " " + id + " came " + (greeted ? "a second time." : "before the HELLO."));
    }
    switch (opcode) {
      case HELLO -> greet(id, payload);
      case INITIALIZE -> inbox.add(new Work.Resources(keep(payload)));
      case TASK -> add(new Assignment(id, TaskHead.read(id, payload), keep(payload), List.of()));
      case CANCEL -> cancel(id, Cancel.read(id, payload));
      case FOUND -> source.answer(id, Found.read(id, payload), payload);
      case ANSWER -> parent.answer(id, Answer.read(id, payload));
      case OUTCOME -> parent.outcome(id, OutcomeHead.read(id, payload), keep(payload));
      case PROGRESS -> parent.progress(id, Progress.read(id, payload));
      case ITEMS -> parent.items(id, Items.read(id, payload));
      case DEFINE -> define(id, payload);
      case GOODBYE -> inbox.add(new Work.Farewell());
      default -> throw new WireException(opcode + " " + id + " is nothing that a worker is sent.");
    }
  }

  @Override
  public void payload(Opcode opcode, long id, ByteBuffer payload, List<ByteBuffer> pieces)
      throws WireException {
    if (opcode != Opcode.TASK || !greeted) {
      PayloadSink.super.payload(opcode, id, payload, pieces);
    }
    add(new Assignment(id, TaskHead.read(id, payload), payload, List.copyOf(pieces)));
  }

  /** Keeps bytes beyond this call. What is larger than a frame came in segments, and is ours. */
  private static ByteBuffer keep(ByteBuffer payload) {
    if (payload.remaining() > Framing.LARGEST_FRAME) {
      return payload;
    }
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    return ByteBuffer.wrap(bytes);
  }

  private void greet(long id, ByteBuffer payload) throws WireException {
    if (payload.remaining() >= Integer.BYTES) {
      int version = payload.getInt(payload.position());
      if (version != Protocol.VERSION) {
        ExitCode.VERSION.halt(
            "The parent speaks version "
                + version
                + " of the protocol, this worker version "
                + Protocol.VERSION
                + ". Use one baton-process for both.");
      }
    }
    Hello hello = Hello.read(id, payload);
    hasClaims = hello.claimPage() != null;
    Region region = openRegion(hello.region());
    if (region != null) {
      payloads.use(region);
    }
    inbox.add(new Work.Greeting(hello, region));
    greeted = true;
  }

  /** Opens the region; without it large payloads go through the pipe. */
  private static @Nullable Region openRegion(@Nullable String path) {
    try {
      return path == null ? null : Region.open(Path.of(path));
    } catch (IOException | RuntimeException unopened) {
      return null; // READY says so, and the parent logs it
    }
  }

  private void add(Assignment task) {
    inbox.add(task);
    latest = new Attempt(task.id(), task.head().attempt());
    if (latest.equals(cancelledEarly)) {
      task.requestStop();
    }
    cancelledEarly = null;
  }

  private void cancel(long id, Cancel cancel) {
    switch (cancel.mode()) {
      case INTERRUPT, KILL -> {
        Attempt meant = new Attempt(id, cancel.attempt());
        Assignment task = inbox.find(id, cancel.attempt());
        if (task != null) {
          task.requestStop();
        } else if (!hasClaims && !meant.equals(latest)) {
          cancelledEarly = meant;
        }
      }
      case IF_PENDING, ABANDON -> {
        // a body that has begun is left alone, and one that has not was withdrawn by the parent
      }
    }
  }

  private void define(long id, ByteBuffer payload) throws WireException {
    try {
      templates.define((int) id, payload);
    } catch (TaskEncodingException damaged) {
      throw new WireException("DEFINE " + id + ": " + damaged.getMessage());
    }
  }

  @Override
  public void refused(Opcode opcode, long id, WireException reason) throws WireException {
    switch (opcode) {
      case TASK -> inbox.add(new Work.Refusal(id, reason));
      case OUTCOME -> parent.refused(id, reason);
      default -> throw reason;
    }
  }
}
