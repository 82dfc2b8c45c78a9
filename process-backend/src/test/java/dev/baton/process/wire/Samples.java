package dev.baton.process.wire;

import dev.baton.CancelMode;
import dev.baton.TaskOptions;
import dev.baton.TaskProgress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.event.Level;

/** One of everything that is sent. The document shows the frames byte by byte. */
final class Samples {

  static final Hello HELLO =
      new Hello(
          "reports",
          1,
          4711,
          1_000_000,
          "/p",
          "/r",
          List.of("a.jar", "b/"),
          Map.of("k", "ü"),
          Map.of("lend", "4"));
  static final TaskHead TASK =
      new TaskHead(
          3,
          2,
          Instant.ofEpochSecond(1_800_000_000, 5),
          "resize-42",
          Map.of("user", "ann"),
          Duration.ofSeconds(5, 1),
          false);
  static final LogEvent LOG =
      new LogEvent(Level.WARN, "app.Shop", "late", Map.of("user", "ann"), "x.Y: z");

  static final SubmitHead SUBMIT = new SubmitHead(9, 1, false, TaskOptions.none(), Map.of());
  static final SubmitHead FULL_SUBMIT =
      new SubmitHead(
          9,
          2,
          true,
          TaskOptions.none()
              .name("resize-42")
              .timeout(Duration.ofSeconds(5, 1))
              .deadline(Duration.ofMinutes(1))
              .idempotent()
              .timed(),
          Map.of("user", "ann"));
  static final OutcomeHead OUTCOME =
      new OutcomeHead(OutcomeHead.Kind.VALUE, "worker-2", 2_000_500, null);
  static final OutcomeHead CANCELLED =
      new OutcomeHead(OutcomeHead.Kind.CANCELLED, null, 0, "shut down");

  /** Of 70,000 bytes. */
  static final String VERY_LARGE = "large ".repeat(11_666) + "body";

  private Samples() {}

  /** Frames by their name in the document; a frame is written once, so each is made anew. */
  static Map<String, Supplier<Frame>> frames() {
    Map<String, Supplier<Frame>> frames = new LinkedHashMap<>();
    frames.put("HELLO", () -> HELLO.frame(0));
    frames.put("INITIALIZE", () -> Frame.of(Opcode.INITIALIZE, 0, ascii("init")));
    frames.put("TASK", () -> headFor(3).frame(42, ascii("body")));
    frames.put("TASK with all parts", () -> TASK.frame(42, ascii("body")));
    frames.put("CANCEL", () -> new Cancel(CancelMode.INTERRUPT, 1).frame(42));
    frames.put("FOUND", () -> Found.frame(7, ascii("class")));
    frames.put("FOUND missing", () -> Found.missing(8));
    frames.put("GOODBYE", () -> Frame.of(Opcode.GOODBYE, 0));
    frames.put("READY", () -> new Ready(4712, 2_000_000, 1_000_000, "21.0.1", true).frame(0));
    frames.put("STARTED", () -> new Started(2_000_500).frame(42));
    frames.put("RESULT", () -> new ResultHead(ResultHead.Kind.VALUE).frame(42, ascii("value")));
    frames.put("PROGRESS", () -> new Progress(new TaskProgress(2, 10, "two")).frame(42));
    frames.put("FETCH", () -> new Fetch(Fetch.Kind.CLASS, "a.B").frame(7));
    frames.put("LOG", () -> LOG.frame(42));
    frames.put(
        "RESULT portable",
        () -> new ResultHead(ResultHead.Kind.VALUE, true).frame(42, ascii("value")));
    frames.put("SUBMIT", () -> SUBMIT.frame(3, ascii("body")));
    frames.put("SUBMIT with all parts", () -> FULL_SUBMIT.frame(3, ascii("body")));
    frames.put("OUTCOME", () -> OUTCOME.frame(3, ascii("value")));
    frames.put("OUTCOME cancelled", () -> CANCELLED.frame(3));
    frames.put("ASK", () -> new Ask(9, Ask.Question.BEGUN).frame(3));
    frames.put("ANSWER", () -> new Answer(true, 2_000_500, "worker-2").frame(9));
    frames.put("ANSWER refused", () -> new Answer(false, 0, "full").frame(9));
    frames.put("LEND", () -> new Lend(9, 3, "level-1").frame(42));
    frames.put("RESUME", () -> Frame.of(Opcode.RESUME, 42));
    frames.put("DAMAGED", () -> new Damaged("bad length").frame(0));
    frames.put("ITEMS", () -> new Items(3, ascii("ends")).frame(42));
    frames.put("DEFINE", () -> Frame.of(Opcode.DEFINE, 5, ascii("template")));
    return frames;
  }

  /** A stream of one frame. */
  static byte[] stream(Framing framing, Frame frame) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new FrameWriter(framing, out, Framing.LARGEST_FRAME, Streams.RAISE).offer(frame);
    return out.toByteArray();
  }

  /** A task in two segments. */
  static byte[] segments(Framing framing) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int capacity = framing.overhead() + Segment.HEAD + 4;
    WriteBuffer buffer = new WriteBuffer(framing, out, capacity, new AtomicLong());
    Frame task = headFor(3).frame(42, ascii("a large body"));
    buffer.putFirstSegment(1, task);
    buffer.putSegment(1, task);
    buffer.flush();
    return out.toByteArray();
  }

  /** A task in two segments, the second of which is a piece. */
  static byte[] segmentsInPieces(Framing framing) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int capacity = framing.overhead() + Segment.HEAD + 1 + Integer.BYTES + 4;
    WriteBuffer buffer = new WriteBuffer(framing, out, capacity, new AtomicLong());
    Frame task = headFor(3).frame(42, ascii("a "), List.of(ascii("large body")));
    buffer.putFirstSegment(1, task);
    buffer.putSegment(1, task);
    buffer.flush();
    return out.toByteArray();
  }

  /** A task in two segments, the second of which is in the region. */
  static byte[] segmentsInRegion(Framing framing, Region region) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int capacity = framing.overhead() + Segment.HEAD + 4;
    WriteBuffer buffer = new WriteBuffer(framing, out, capacity, new AtomicLong());
    buffer.use(new RegionWriter(region, Direction.TO_WORKER));
    Frame task = headFor(3).frame(42, ascii("a " + VERY_LARGE));
    buffer.putFirstSegment(1, task);
    buffer.putSegment(1, task);
    buffer.flush();
    return out.toByteArray();
  }

  /** Every message, with and without its optional parts. */
  static List<Message> messages() {
    List<Message> messages = new ArrayList<>();
    messages.add(HELLO);
    messages.add(new Hello("", 0, 1, -1, null, null, List.of(), Map.of(), Map.of()));
    messages.add(new Ready(4712, 2, 1, "25", false));
    messages.add(TASK);
    messages.add(headFor(TaskHead.NO_SLOT));
    messages.add(headFor(Integer.MAX_VALUE));
    messages.add(LOG);
    messages.add(new LogEvent(Level.ERROR, "\uD83D\uDE00", "é\n", Map.of(), null));
    messages.add(new Progress(new TaskProgress(1, -1, null)));
    messages.add(new Progress(new TaskProgress(Long.MAX_VALUE, 0, "")));
    messages.add(new Started(Long.MIN_VALUE));
    messages.add(new Items(0, ByteBuffer.allocate(0)));
    messages.add(new Found(true));
    messages.add(new Found(false));
    messages.add(new Damaged("x".repeat(300)));
    messages.add(new TaskHead(3, 1, null, null, Map.of(), null, true));
    messages.add(SUBMIT);
    messages.add(FULL_SUBMIT);
    messages.add(OUTCOME);
    messages.add(CANCELLED);
    messages.add(new OutcomeHead(OutcomeHead.Kind.FAILURE, "", Long.MIN_VALUE, null));
    messages.add(new OutcomeHead(OutcomeHead.Kind.EXPIRED, "worker-2", 0, null));
    messages.add(new Answer(true, Long.MAX_VALUE, null));
    messages.add(new Answer(false, 0, "x"));
    messages.add(new Lend(Long.MAX_VALUE, 0, ""));
    for (Ask.Question question : Ask.Question.values()) {
      messages.add(new Ask(1, question));
    }
    for (CancelMode mode : CancelMode.values()) {
      messages.add(new Cancel(mode, 1));
    }
    messages.add(new Cancel(CancelMode.KILL, 300));
    for (Fetch.Kind kind : Fetch.Kind.values()) {
      messages.add(new Fetch(kind, "a/b"));
    }
    for (ResultHead.Kind kind : ResultHead.Kind.values()) {
      messages.add(new ResultHead(kind));
      messages.add(new ResultHead(kind, true));
    }
    return messages;
  }

  /** The head of an ordinary task: a first attempt without name, deadline and context. */
  static TaskHead headFor(int slot) {
    return new TaskHead(slot, 1, null, null, Map.of(), null, false);
  }

  static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
