package dev.baton.process.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.CancelMode;
import dev.baton.Task;
import dev.baton.process.codec.Decoder;
import dev.baton.process.codec.Encoded;
import dev.baton.process.codec.Encoder;
import dev.baton.process.codec.Template;
import dev.baton.process.wire.Answer;
import dev.baton.process.wire.Ask;
import dev.baton.process.wire.Cancel;
import dev.baton.process.wire.ClaimPage;
import dev.baton.process.wire.Direction;
import dev.baton.process.wire.Frame;
import dev.baton.process.wire.FrameDecoder;
import dev.baton.process.wire.FrameWriter;
import dev.baton.process.wire.Framing;
import dev.baton.process.wire.Opcode;
import dev.baton.process.wire.Outgoing;
import dev.baton.process.wire.PayloadAssembly;
import dev.baton.process.wire.PayloadSink;
import dev.baton.process.wire.ResultHead;
import dev.baton.process.wire.TaskHead;
import dev.baton.process.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The parent's side of one worker JVM, as small as can be. Its close sees to the worker's end. */
final class TinyHost implements AutoCloseable, PayloadSink {

  private static final long PATIENCE = 20;

  /** A frame from the worker, kept. */
  record Seen(Opcode opcode, long id, ByteBuffer payload, List<ByteBuffer> pieces) {}

  private final Process process;
  private final FrameWriter writer;
  private final Encoder encoder = new Encoder();
  private final Decoder decoder = new Decoder(null);
  private final Set<Integer> told = new HashSet<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Map<Long, CompletableFuture<Seen>> results = new ConcurrentHashMap<>();

  @SuppressWarnings("JdkObsolete") // several threads add to it
  private final StringBuffer output = new StringBuffer();

  private final List<Thread> threads;
  private final ParentClasses classes;

  /** The slots of what was sent. */
  private final Map<Long, Integer> slots = new ConcurrentHashMap<>();

  /** Where the worker's claims are made until it makes them itself; null if there are none. */
  private volatile @Nullable ClaimPage page;

  /** Taken by a test while nothing is to be read. */
  private final Semaphore reading = new Semaphore(1);

  private long ids;

  /** Starts a worker and says nothing to it. */
  TinyHost(Launch launch) throws IOException {
    process = launch.start();
    classes = new ParentClasses(launch.fetchedFrom(), this::offer);
    Framing framing = launch.framing();
    writer = new FrameWriter(framing, process.getOutputStream(), Framing.LARGEST_FRAME, gone -> {});
    threads =
        List.of(
            Thread.ofPlatform().start(() -> readFrames(framing)),
            Thread.ofPlatform().start(this::readOutput));
  }

  /** Starts a worker and waits until it is ready. */
  static TinyHost ready(Launch launch) throws Exception {
    TinyHost host = new TinyHost(launch);
    host.offer(launch.hello().frame(0));
    host.awaitSeen(frame -> frame.opcode() == Opcode.READY);
    return host;
  }

  static TinyHost ready() throws Exception {
    return ready(Launch.pipes());
  }

  private void readFrames(Framing framing) {
    PayloadAssembly assembly = new PayloadAssembly(Direction.TO_HOST, Frame.LARGEST_PAYLOAD, this);
    FrameDecoder frames =
        framing.decoder(
            Direction.TO_HOST,
            foreign -> output.append(StandardCharsets.UTF_8.decode(foreign.duplicate())));
    try (InputStream in = process.getInputStream()) {
      do {
        while (frames.next(assembly)) {
          // the sink has it
        }
        reading.acquireUninterruptibly();
        reading.release();
      } while (frames.readFrom(in) >= 0);
      frames.end();
    } catch (IOException damage) {
      output.append("HOST: ").append(damage);
    }
  }

  private void readOutput() {
    try (InputStream in = process.getErrorStream()) {
      byte[] bytes = new byte[8192];
      for (int count; (count = in.read(bytes)) >= 0; ) {
        output.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
      }
    } catch (IOException gone) {
      output.append("HOST: ").append(gone);
    }
  }

  @Override
  public void payload(Opcode opcode, long id, ByteBuffer payload) throws WireException {
    payload(opcode, id, payload, List.of());
  }

  @Override
  public void payload(Opcode opcode, long id, ByteBuffer payload, List<ByteBuffer> pieces)
      throws WireException {
    ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).flip();
    Seen frame = new Seen(opcode, id, copy, List.copyOf(pieces));
    if (opcode == Opcode.DEFINE) {
      decoder.define((int) id, copy);
    } else if (opcode == Opcode.FETCH) {
      classes.answer(id, copy.duplicate());
    } else if (opcode == Opcode.ASK) {
      answer(id, Ask.read(id, copy.duplicate()));
    }
    seen.add(frame);
    if (opcode == Opcode.RESULT) {
      result(id).complete(frame);
    }
  }

  private void answer(long id, Ask ask) {
    Integer slot = slots.get(id);
    if (ask.question() == Ask.Question.CLAIM && slot != null && page instanceof ClaimPage known) {
      boolean granted = known.claim(slot, id, System.nanoTime());
      offer(new Answer(granted, 0, null).frame(ask.request()));
    }
  }

  /** Claims in this page what the worker asks for. */
  TinyHost claimingIn(ClaimPage claims) {
    page = claims;
    return this;
  }

  @Override
  public void refused(Opcode opcode, long id, WireException reason) throws WireException {
    throw reason;
  }

  private CompletableFuture<Seen> result(long id) {
    return results.computeIfAbsent(id, absent -> new CompletableFuture<>());
  }

  void offer(Frame... frames) {
    assertTrue(writer.offer(new Outgoing(frames)) || !process.isAlive(), () -> "not taken");
  }

  /** Writes bytes as they are; nothing else may be being written. */
  void writeRaw(byte[] bytes) throws IOException {
    process.getOutputStream().write(bytes);
    process.getOutputStream().flush();
  }

  /** Tells the worker of lambda expressions. */
  ByteBuffer encode(Object value) {
    Encoded encoded = encoder.encode(value);
    for (Template template : encoded.templates()) {
      if (told.add(template.site())) {
        offer(Frame.of(Opcode.DEFINE, template.site(), template.definition()));
      }
    }
    return encoded.bytes();
  }

  /** Makes the head of an ordinary task. */
  static TaskHead head(int slot) {
    return new TaskHead(slot, 1, null, null, Map.of(), null, false);
  }

  /** Sends a task without a slot. */
  long send(Task<?> task) {
    return send(++ids, head(TaskHead.NO_SLOT), task);
  }

  long send(long id, TaskHead head, Object task) {
    ByteBuffer body = encode(task);
    slots.put(id, head.slot());
    offer(head.frame(id, body));
    return id;
  }

  /** Stops the first attempt at a task. */
  void cancel(long id) {
    cancel(id, 1);
  }

  void cancel(long id, int attempt) {
    offer(new Cancel(CancelMode.INTERRUPT, attempt).frame(id));
  }

  Seen awaitResult(long id) throws Exception {
    try {
      return result(id).get(PATIENCE, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException none) {
      throw new AssertionError("no result of " + id + " from " + this, none);
    }
  }

  boolean hasResult(long id) {
    return result(id).isDone();
  }

  /** Waits a moment, in which a task that is not held up would surely be over. */
  boolean isDoneSoon(long id) throws Exception {
    try {
      result(id).get(300, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException none) {
      return false;
    }
  }

  /** Makes room for the result of another attempt. */
  void forgetResult(long id) {
    results.remove(id);
  }

  ResultHead.Kind kind(long id) throws Exception {
    return ResultHead.read(id, awaitResult(id).payload().duplicate()).kind();
  }

  @Nullable Object value(long id) throws Exception {
    ByteBuffer payload = awaitResult(id).payload().duplicate();
    ResultHead.Kind kind = ResultHead.read(id, payload).kind();
    ClassLoader loader = loader();
    if (kind != ResultHead.Kind.VALUE) {
      throw new AssertionError(kind.toString(), decoder.decodeFailure(payload, loader));
    }
    return decoder.decode(payload, awaitResult(id).pieces(), loader);
  }

  @Nullable Object call(Task<?> task) throws Exception {
    return value(send(task));
  }

  Throwable failure(long id, ResultHead.Kind expected) throws Exception {
    ByteBuffer payload = awaitResult(id).payload().duplicate();
    assertEquals(expected, ResultHead.read(id, payload).kind());
    return decoder.decodeFailure(payload, loader());
  }

  Throwable failure(long id) throws Exception {
    return failure(id, ResultHead.Kind.FAILURE);
  }

  private static ClassLoader loader() {
    return Objects.requireNonNull(TinyHost.class.getClassLoader());
  }

  List<Seen> seen() {
    return seen;
  }

  List<Seen> seen(Opcode opcode) {
    return seen.stream().filter(frame -> frame.opcode() == opcode).toList();
  }

  Seen awaitSeen(Predicate<Seen> wanted) {
    return Eventually.get(() -> seen.stream().filter(wanted).findFirst(), () -> "in " + this);
  }

  /** Waits until a body says how far it is. */
  void awaitProgress(long id) {
    awaitSeen(frame -> frame.opcode() == Opcode.PROGRESS && frame.id() == id);
  }

  /** Returns the names that the worker has asked for. */
  List<String> asked() {
    return classes.asked();
  }

  /** Keeps what the worker writes in its pipe. */
  void pauseReading() {
    reading.acquireUninterruptibly();
  }

  void resumeReading() {
    reading.release();
  }

  String output() {
    return output.toString();
  }

  void awaitOutput(String part) {
    Eventually.get(
        () -> java.util.Optional.of(output()).filter(text -> text.contains(part)),
        () -> part + " in " + this);
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  /** Ends the worker's input, and returns how the worker exits. */
  int endInput() throws Exception {
    process.getOutputStream().close();
    return awaitExit(2);
  }

  int awaitExit(long seconds) throws Exception {
    assertTrue(process.waitFor(seconds, TimeUnit.SECONDS), () -> "still alive: " + this);
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(PATIENCE));
      assertFalse(thread.isAlive());
    }
    return process.exitValue();
  }

  /** The worker ends with its input, whatever it does, and nothing is left of it. */
  @Override
  public void close() {
    try {
      if (process.isAlive()) {
        assertEquals(0, endInput(), this::toString);
      }
      awaitExit(PATIENCE);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (AssertionError failed) {
      throw failed;
    } catch (Exception interrupted) {
      throw new AssertionError(interrupted);
    } finally {
      process.destroyForcibly();
    }
  }

  @Override
  public String toString() {
    return process
        + ", frames "
        + seen.stream().map(Seen::opcode).toList()
        + ", output:\n"
        + output;
  }
}
