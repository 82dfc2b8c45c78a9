package dev.baton.process.host;

import dev.baton.process.codec.Decoder;
import dev.baton.process.codec.Encoded;
import dev.baton.process.codec.Template;
import dev.baton.process.wire.ClaimPage;
import dev.baton.process.wire.Direction;
import dev.baton.process.wire.Frame;
import dev.baton.process.wire.FrameDecoder;
import dev.baton.process.wire.FrameWriter;
import dev.baton.process.wire.Framing;
import dev.baton.process.wire.Opcode;
import dev.baton.process.wire.Outgoing;
import dev.baton.process.wire.PayloadAssembly;
import dev.baton.process.wire.TaskHead;
import dev.baton.process.wire.WireException;
import dev.baton.spi.TaskRun;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker's process, and the pipes to it. */
final class Link {

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  private static final Executor ON_VIRTUAL_THREAD = Thread::startVirtualThread;
  private static final long EXIT_PATIENCE_SECONDS = 5;

  private final LaunchPlan plan;
  private final Worker worker;
  private final Process process;
  private final @Nullable ClaimFile claims;
  private final @Nullable RegionFile region;
  private final FrameWriter writer;
  private final RemoteLog log = new RemoteLog();
  private final WorkerOutput output;
  private final Decoder decoder;
  private final ProcessTree tree;

  /**
   * Guards the sites that the worker was told of, and the order of what is offered: nobody uses a
   * site before the one who tells of it has offered that. Nothing is written while it is held.
   */
  private final ReentrantLock toldLock = new ReentrantLock();

  private final BitSet told = new BitSet();

  /** When the last task was sent; written by who sends, read by the thread that reads. */
  private volatile long sentAt;

  /** What ended the reading, if it was damage; written and read by the worker's thread. */
  private @Nullable WireException damage;

  private Link(
      LaunchPlan plan,
      Worker worker,
      Process process,
      @Nullable ClaimFile claims,
      @Nullable RegionFile region) {
    this.region = region;
    this.plan = plan;
    this.worker = worker;
    this.process = process;
    this.claims = claims;
    this.output = new WorkerOutput(plan.executor(), worker, log);
    this.decoder = new Decoder(plan.filter());
    this.tree = new ProcessTree(process, plan.marker(worker));
    this.writer =
        new FrameWriter(
            plan.framing(),
            process.getOutputStream(),
            Framing.LARGEST_FRAME,
            this::cannotBeWritten);
  }

  /** Starts a process, from a start-up archive if there is one. */
  static Link launch(Worker worker, LaunchPlan plan, @Nullable StartArchive archive)
      throws IOException {
    ClaimFile claims = ClaimFile.create();
    RegionFile region = null;
    Process process;
    try {
      region = RegionFile.create(plan.sharedMemory());
      process = plan.processFor(worker, archive).start();
    } catch (IOException | RuntimeException | Error failure) {
      letGo(claims, region);
      throw failure;
    }
    try {
      Link link = new Link(plan, worker, process, claims, region);
      link.output.follow(process.getErrorStream(), worker.threadName("-output"));
      return link;
    } catch (RuntimeException | Error failure) {
      process.destroyForcibly();
      letGo(claims, region);
      throw failure;
    }
  }

  private static void letGo(@Nullable ClaimFile claims, @Nullable RegionFile region) {
    if (claims != null) {
      claims.remove();
    }
    if (region != null) {
      region.close();
    }
  }

  /** Ends a worker that can be told nothing more; how it ended says why, where it ended first. */
  private void cannotBeWritten(IOException broken) {
    LOG.debug("{} cannot be written to", worker, broken);
    worker.kill(null);
  }

  @Nullable ClaimPage page() {
    return claims == null ? null : claims.page();
  }

  long pid() {
    return process.pid();
  }

  /** Says hello, and brings the factories of resources. */
  void shakeHands() {
    writer.offer(plan.hello(worker, claims, region).frame(0));
    Encoded resources = plan.resources();
    if (resources != null) {
      offer(resources, Frame.of(Opcode.INITIALIZE, 0, resources.bytes()), Runnable::run);
    }
  }

  /**
   * Queues a run for the pipe. If that is broken the worker is about to end.
   *
   * @param writer writes, if nobody does
   */
  void ship(Assignment assignment, Executor writer) {
    TaskRun run = assignment.run();
    Encoded encoded = assignment.shipment().encoded();
    TaskHead head =
        new TaskHead(
            claims == null ? TaskHead.NO_SLOT : assignment.slot(),
            assignment.attempt(),
            run.deadline(),
            run.options().name(),
            run.loggingContext(),
            run.options().timeout(),
            encoded.isPortable());
    sentAt = assignment.sentAt();
    offer(encoded, head.frame(run.id(), encoded.bytes(), encoded.pieces()), writer);
  }

  /**
   * Offers a frame with what has to go before it; the executor writes, if nobody does, as long as
   * the pipe surely takes it.
   */
  private void offer(Encoded encoded, Frame frame, Executor writing) {
    AtomicReference<@Nullable Runnable> write = new AtomicReference<>();
    toldLock.lock();
    try {
      writer.offer(unit(encoded, frame), write::set, worker.workload()::fitsIntoPipe);
    } finally {
      toldLock.unlock();
    }
    if (write.get() instanceof Runnable mine) {
      writing.execute(mine);
    }
  }

  /** Puts the templates that the worker does not know before a frame that needs them. */
  private Outgoing unit(Encoded encoded, Frame frame) {
    List<Frame> frames = new ArrayList<>();
    for (Template template : encoded.templates()) {
      if (!told.get(template.site())) {
        told.set(template.site());
        frames.add(Frame.of(Opcode.DEFINE, template.site(), template.definition()));
      }
    }
    frames.add(frame);
    return new Outgoing(frames.toArray(Frame[]::new));
  }

  /** Sends something small. It does not block. */
  void offer(Frame frame) {
    writer.offer(new Outgoing(frame), ON_VIRTUAL_THREAD);
  }

  /** Returns how many bytes were written into the pipe. */
  long writtenBytes() {
    return writer.writtenBytes();
  }

  /** Returns about how many bytes will have been written with what is offered by now. */
  long offeredBytes() {
    return writer.offeredBytes();
  }

  /** Reads until the worker's end, or until damage, which ends the worker. */
  void read() throws IOException {
    FrameDecoder frames =
        plan.framing()
            .decoder(
                Direction.TO_HOST,
                bytes ->
                    output.accept(
                        bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining()));
    Incoming incoming = new Incoming(worker, decoder, plan, log, this::offer);
    PayloadAssembly payloads =
        new PayloadAssembly(Direction.TO_HOST, Frame.LARGEST_PAYLOAD, incoming);
    if (region != null) {
      payloads.use(region.region());
    }
    InputStream in = process.getInputStream();
    try {
      while (lookAhead(in) && frames.readFrom(in) >= 0) {
        while (frames.next(payloads)) {
          // the payloads have gone their way
        }
        worker.passAnswersOn();
      }
    } catch (WireException broken) {
      damage = broken;
      worker.kill("damaged bytes came from it: " + broken.getMessage());
    } finally {
      incoming.ended();
    }
  }

  /**
   * Looks for a while after the last frame of either side whether another comes, and lets others go
   * first. Returns true, so that the caller reads in any case.
   */
  @SuppressWarnings("ThreadPriorityCheck") // the bound is the option spin
  private boolean lookAhead(InputStream in) throws IOException {
    long spin = plan.spinNanos();
    long since = System.nanoTime();
    while (spin > 0 && in.available() == 0) {
      long sent = sentAt;
      since = sent - since > 0 ? sent : since;
      if (System.nanoTime() - since > spin) {
        break;
      }
      Thread.yield();
    }
    return true;
  }

  /** Does something when the process has ended, whoever may still hold its pipes. */
  void onExit(Runnable what) {
    process.onExit().thenRun(what);
  }

  /** Ends the process alone, which has nothing to do any more; what it has said is read. */
  void endProcess() {
    process.toHandle().destroyForcibly();
  }

  /** Ends the process and its descendants by force; what it has said is read. */
  void kill() {
    tree.kill();
  }

  /** Ends by force what outlives the process and holds its pipes, and closes our ends of them. */
  void endLeftovers() {
    tree.kill();
    process.destroyForcibly();
  }

  /** Waits for the end of the process, helps it along, and lets go of what it used. */
  void awaitExit() {
    boolean interrupted = false;
    boolean helped = false;
    while (true) {
      try {
        if (process.waitFor(EXIT_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          break;
        }
      } catch (InterruptedException goOn) {
        interrupted = true;
      }
      if (!helped) {
        helped = true;
        kill();
      }
    }
    writer.close();
    output.awaitEnd();
    letGo(claims, null);
    if (region != null) {
      region.remove();
      writer.whenEnded(region::close); // a writer may not have noticed yet
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Removes the files that both sides have opened.
   *
   * @param hasRegion whether the worker has opened the region, and may be sent payloads through it
   */
  void hasShakenHands(boolean hasRegion) {
    if (claims != null) {
      claims.remove();
    }
    if (region != null) {
      region.remove();
      if (hasRegion) {
        writer.use(region.region(), Direction.TO_WORKER);
      } else {
        LOG.debug("{} cannot open {}: large payloads go through the pipe", worker, region.file());
      }
    }
  }

  /** Tells whether the process was killed, by whomever. */
  boolean wasKilled() {
    return ExitCode.isKill(process);
  }

  /** Says how the process ended, and what it said last. */
  String describeEnd() {
    String what = worker + " " + ExitCode.describe(process);
    WireException broken = damage;
    return what + "." + (broken == null ? "" : " " + broken.getMessage()) + output.lastWords();
  }
}
