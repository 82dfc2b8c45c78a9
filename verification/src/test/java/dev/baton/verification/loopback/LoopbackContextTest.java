package dev.baton.verification.loopback;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.Task;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskProgress;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;

@ExtendWith({Watchdog.class, NoLeftovers.class})
class LoopbackContextTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  private static Baton oneWorker() {
    return Baton.open(LoopbackOptions.defaults().workers(1));
  }

  private record Seen(String name, int attempt, boolean isCancelled, String thread)
      implements Serializable {}

  @Test
  void aBodySeesItsOwnTask() throws Exception {
    try (Baton baton = oneWorker()) {
      Task<Seen> look =
          () -> {
            TaskContext context = TaskContext.current();
            return new Seen(
                context.name(),
                context.attempt(),
                context.isCancelled(),
                Thread.currentThread().getName());
          };
      Seen seen = baton.submit(TaskOptions.none().name("look"), look).get();
      assertEquals(new Seen("look", 1, false, "baton-" + baton.name() + "-loopback-1"), seen);
    }
  }

  @Test
  void theDeadlineOfABodyIsTheEarlierOfItsTwo() throws Exception {
    Task<Instant> ask = () -> requireNonNull(TaskContext.current().deadline());
    TaskOptions soon = TaskOptions.none().timeout(Duration.ofMinutes(1));
    TaskOptions late = soon.deadline(Duration.ofMinutes(3));
    TaskOptions never = TaskOptions.none().deadline(Duration.ofMinutes(3));
    try (Baton baton = oneWorker()) {
      Instant now = Instant.now();
      for (TaskOptions options : List.of(soon, late)) {
        assertEquals(1, Duration.between(now, baton.submit(options, ask).get()).toMinutes());
      }
      assertEquals(3, Duration.between(now, baton.submit(never, ask).get()).toMinutes());
    }
  }

  @Test
  void progressTravels() throws Exception {
    Gate body = Gate.closed();
    Queue<TaskProgress> seen = new ConcurrentLinkedQueue<>();
    try (Baton baton = oneWorker()) {
      TaskFuture<Void> future =
          baton.submit(
              () -> {
                TaskContext.current().progress(3, 10, "third");
                body.pass();
              });
      future.onProgress(seen::add);
      Awaitility.await().until(() -> seen.contains(new TaskProgress(3, 10, "third")));
      body.release();
      future.get(LONG);
    }
  }

  private static final Queue<String> STEPS = new ConcurrentLinkedQueue<>();

  @Test
  void aCancelRunsTheHooksInOrderAndThenInterrupts() throws Exception {
    STEPS.clear();
    Gate body = Gate.closed();
    try (Baton baton = oneWorker()) {
      TaskFuture<Void> future =
          baton.submit(
              () -> {
                TaskContext.current().onCancel(() -> STEPS.add("first"));
                TaskContext.current().onCancel(() -> STEPS.add("second"));
                try {
                  body.pass();
                } catch (InterruptedException stop) {
                  STEPS.add("interrupt, asked: " + TaskContext.current().isCancelled());
                  TaskContext.current().onCancel(() -> STEPS.add("late"));
                }
              });
      body.awaitArrivals(1);
      assertTrue(future.cancel(CancelMode.INTERRUPT));
      future.terminated().get(LONG);
    }
    assertEquals(List.of("first", "second", "interrupt, asked: true", "late"), List.copyOf(STEPS));
  }

  @Test
  void theLoggingContextTravelsWithItsTaskOnly() throws Exception {
    Task<String> ask = () -> String.valueOf(MDC.get("request"));
    try (Baton baton = oneWorker()) {
      MDC.put("request", "r-1");
      TaskFuture<String> inside = baton.submit(ask);
      MDC.remove("request");
      TaskFuture<String> outside = baton.submit(ask);
      assertEquals("r-1", inside.get());
      assertEquals("null", outside.get());
    } finally {
      MDC.clear();
    }
  }

  /** A resource that counts how often it was made and closed. */
  private record Connection(int number) implements AutoCloseable {
    static final AtomicInteger MADE = new AtomicInteger();
    static final AtomicInteger CLOSED = new AtomicInteger();

    static Connection make() {
      return new Connection(MADE.incrementAndGet());
    }

    @Override
    public void close() {
      CLOSED.incrementAndGet();
    }
  }

  @Test
  void aResourceIsMadeOnceInEachWorkerAndClosedWithIt() throws Exception {
    int made = Connection.MADE.get();
    Faults faults = new Faults();
    LoopbackOptions options =
        LoopbackOptions.defaults()
            .workers(1)
            .faults(faults)
            .resource(Connection.class, Connection::make);
    Task<Integer> ask = () -> TaskContext.current().resource(Connection.class).number();
    try (Baton baton = Baton.open(options)) {
      int first = baton.submit(ask).get();
      assertEquals(first, baton.submit(ask).get());
      faults.loseWorker("loopback-1");
      assertNotEquals(first, baton.submit(ask).get());
    }
    assertEquals(2, Connection.MADE.get() - made);
    assertEquals(Connection.MADE.get(), Connection.CLOSED.get());
  }

  @Test
  void aClientIsMadeInTheWorkerAndNeverSent() throws Exception {
    int made = Connection.MADE.get();
    try (Baton baton = oneWorker()) {
      Function<Integer, TaskFuture<Integer>> call =
          baton.bind(Connection::make, (Connection client, Integer n) -> client.number() * n);
      int number = call.apply(1).get();
      assertEquals(number * 7, call.apply(7).get());
    }
    assertEquals(1, Connection.MADE.get() - made);
  }

  @Test
  void anOpenStageOccupiesItsWorkerAndACancelReachesIt() throws Exception {
    Gate begun = Gate.open();
    try (Baton baton = Baton.open(LoopbackOptions.defaults().workers(1).ahead(0))) {
      TaskFuture<Integer> open =
          baton.submitAsync(
              () -> {
                begun.pass();
                return new CompletableFuture<Integer>();
              });
      begun.awaitArrivals(1);
      TaskFuture<Integer> next = baton.submit(() -> 7);
      assertFalse(next.isDone());
      assertTrue(open.cancel(CancelMode.INTERRUPT));
      assertEquals(7, next.get(LONG));
    }
  }
}
