package dev.baton.process.host;

import dev.baton.Baton;
import dev.baton.TaskOptions;
import dev.baton.TaskProgress;
import dev.baton.event.BatonEvent;
import dev.baton.process.ProcessOptions;
import dev.baton.process.codec.Encoded;
import dev.baton.process.wire.ClaimPage;
import dev.baton.spi.BackendHost;
import dev.baton.spi.Outcome;
import dev.baton.spi.TaskRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Workers without a process, whose every step the test takes, and a clock that it sets. */
final class Scene {

  private final Path directory;
  private final WorkerPool pool;
  private final List<Stand> stands = new ArrayList<>();
  private final Map<Shipment, TaskRun> runs = new HashMap<>();
  private long now = 1;

  final Placement placement;

  Scene(Path directory, ProcessOptions options) {
    this.directory = directory;
    this.pool = new WorkerPool(options, new NoHost(), LaunchPlan.of(options, "scene"));
    this.placement = new Placement(options, () -> now);
  }

  void micros(long more) {
    now += TimeUnit.MICROSECONDS.toNanos(more);
  }

  /** Adds a worker, which is ready. */
  Stand worker() throws IOException {
    Path file = directory.resolve("page-" + stands.size());
    return ready(ClaimPage.create(file, Workload.DEPTH));
  }

  /** Adds a worker that has no claim page, which is ready. */
  Stand workerWithoutPage() {
    return ready(null);
  }

  private Stand ready(@Nullable ClaimPage page) {
    Stand stand = new Stand(pool, stands.size() + 1, page);
    stands.add(stand);
    placement.ready(stand);
    return stand;
  }

  /** Submits a run with a body of so many bytes. */
  Shipment submitLarge(long id, int bytes) {
    Shipment shipment = new Shipment(Encoded.ofPortable(ByteBuffer.allocate(bytes)), 1, 0);
    placement.start(runOf(id, shipment));
    return shipment;
  }

  /** Makes a run, the first of a task or a later one. */
  Unplaced runOf(long id, Shipment shipment) {
    Unplaced made = new Unplaced(new Run(id), shipment);
    runs.put(shipment, made.run());
    return made;
  }

  /** Withdraws the latest run of a task, as core does. */
  @Nullable Sending withdraw(Shipment shipment) {
    return placement.withdraw(Objects.requireNonNull(runs.get(shipment)), shipment);
  }

  /** Submits small runs. */
  List<Shipment> submit(long... ids) {
    List<Shipment> shipments = new ArrayList<>();
    for (long id : ids) {
      shipments.add(submitLarge(id, 100));
    }
    return shipments;
  }

  /** A worker whose every step the test takes. */
  final class Stand extends Worker {

    /** What was sent to it and did not begin, be it withdrawn or not. */
    private final List<Assignment> inbox = new ArrayList<>();

    private final List<Assignment> begun = new ArrayList<>();
    private final @Nullable ClaimPage page;
    private boolean isLeaving;
    private long written;

    private Stand(WorkerPool pool, int index, @Nullable ClaimPage page) {
      super(pool, index);
      this.page = page;
    }

    @Override
    @Nullable ClaimPage page() {
      return page;
    }

    @Override
    boolean isLeaving() {
      return isLeaving;
    }

    @Override
    void ship(Assignment assignment, Executor writer) {
      inbox.add(assignment);
      isSent(assignment.shipment().encoded().size());
    }

    /** Writes something else to it, or a run. */
    void isSent(int bytes) {
      written += bytes;
    }

    @Override
    long writtenBytes() {
      return written;
    }

    @Override
    long offeredBytes() {
      return written;
    }

    void isAboutToLeave() {
      isLeaving = true;
    }

    /** Begins the next body, and returns its id; 0 if there is none. */
    long beginNext() {
      while (!inbox.isEmpty()) {
        Assignment next = inbox.removeFirst();
        if (page == null || page.claim(next.slot(), next.run().id(), now)) {
          begun.add(next);
          return next.run().id();
        }
      }
      return 0;
    }

    /** Begins what there is, and returns the ids. */
    List<Long> beginAll() {
      List<Long> ids = new ArrayList<>();
      for (long id; (id = beginNext()) != 0; ) {
        ids.add(id);
      }
      return ids;
    }

    /** Ends all bodies that have begun but the last so many, and has their results read. */
    Sending answerAllBut(int last) {
      List<Assignment> over = List.copyOf(begun.subList(0, begun.size() - last));
      begun.removeAll(over);
      over.forEach(Assignment::end);
      return placement.answered(this, over);
    }

    Sending answer() {
      return answerAllBut(0);
    }

    Assignment running() {
      return begun.getLast();
    }

    /** Tells how many it has, by the parent's books. */
    int has() {
      return workload().size();
    }

    /** Does short bodies until as many are sent ahead as ever, and returns this. */
    Stand thatIsQuick() {
      for (int i = 0; i < 5; i++) {
        submit(-10 + i);
        beginNext();
        answer();
      }
      return this;
    }
  }

  /** A run that nobody watches. */
  private record Run(long id) implements TaskRun {

    @Override
    public String name() {
      return "task-" + id;
    }

    @Override
    public TaskOptions options() {
      return TaskOptions.none();
    }

    @Override
    public int attempt() {
      return 1;
    }

    @Override
    public Callable<?> task() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, String> loggingContext() {
      return Map.of();
    }

    @Override
    public boolean isMember() {
      return false;
    }

    @Override
    public @Nullable Instant deadline() {
      return null;
    }

    @Override
    public void attach(@Nullable Object attachment) {}

    @Override
    public @Nullable Object attachment() {
      return null;
    }

    @Override
    public boolean claim() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void started(String worker, long nanoTime) {}

    @Override
    public Outcome call() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void run() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void progress(TaskProgress progress) {}

    @Override
    public void itemsBegun(int items, byte[] ended) {}

    @Override
    public boolean complete(Outcome outcome) {
      return true;
    }

    @Override
    public void returnUnstarted(String reason) {}

    @Override
    public boolean lend(long awaited, String description) {
      return true;
    }

    @Override
    public void resume() {}

    @Override
    public void blocksOthers(Duration held, List<StackTraceElement> stack) {}

    @Override
    public void abort(Throwable cause) {}
  }

  /** A core that gives nothing and hears nothing. */
  private static final class NoHost implements BackendHost {

    @Override
    public String executor() {
      return "scene";
    }

    @Override
    public Baton baton() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void credit(int runs) {}

    @Override
    public void emit(BatonEvent event) {}

    @Override
    public Thread newThread(String name, Runnable body) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Runnable currentBody() {
      return null;
    }

    @Override
    public void broken(Throwable cause) {
      throw new AssertionError(cause);
    }
  }
}
