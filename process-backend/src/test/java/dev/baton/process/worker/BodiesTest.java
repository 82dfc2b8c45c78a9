package dev.baton.process.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Task;
import dev.baton.TaskEncodingException;
import dev.baton.process.wire.Frame;
import dev.baton.process.wire.Opcode;
import dev.baton.process.wire.ResultHead;
import dev.baton.process.wire.Started;
import dev.baton.process.wire.TaskHead;
import dev.baton.spi.TaskCall;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes of bodies. */
class BodiesTest {

  static Launch[] bothWays() {
    return HandshakeTest.bothWays();
  }

  @ParameterizedTest
  @MethodSource("bothWays")
  void bodiesOfAllShapesRunInTheOrderInWhichTheyCame(Launch launch) throws Exception {
    try (TinyHost host = TinyHost.ready(launch)) {
      long first = host.send(Tasks.sum(1, 2));
      long function = 100;
      host.send(function, TinyHost.head(-1), new TaskCall.OfFunction<>(Tasks.doubling(), 21));
      long stage = 101;
      host.send(
          stage,
          TinyHost.head(-1),
          new TaskCall.OfStage<>(() -> CompletableFuture.supplyAsync(() -> "staged")));
      long lambda = host.send(Tasks.lambda(7));
      assertEquals(3, host.value(first));
      assertEquals(42, host.value(function));
      assertEquals("staged", host.value(stage));
      Task<?> came = assertInstanceOf(Task.class, host.value(lambda));
      assertEquals(7, came.call());
      List<Long> order = host.seen(Opcode.RESULT).stream().map(TinyHost.Seen::id).toList();
      assertEquals(List.of(first, function, stage, lambda), order);
    }
  }

  @ParameterizedTest
  @MethodSource("bothWays")
  void largeValuesComeAndGo(Launch launch) throws Exception {
    byte[] large = new byte[3_000_000];
    large[2_999_999] = 7;
    try (TinyHost host = TinyHost.ready(launch)) {
      assertArrayEquals(large, (byte[]) host.call(Tasks.echo(large)));
    }
  }

  @Test
  void anExceptionComesAsItIs() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      Throwable thrown = host.failure(host.send(Tasks.fail("broken")));
      assertInstanceOf(IllegalStateException.class, thrown);
      assertEquals("broken", thrown.getMessage());
      assertEquals("java.io.IOException: cause", String.valueOf(thrown.getCause()));
      assertEquals(Tasks.class.getName(), thrown.getStackTrace()[0].getClassName());
    }
  }

  @Test
  void errorsFailTheirTaskAndTheWorkerGoesOn() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      assertInstanceOf(StackOverflowError.class, host.failure(host.send(Tasks.overflow())));
      assertInstanceOf(OutOfMemoryError.class, host.failure(host.send(Tasks.exhaust())));
      assertInstanceOf(AssertionError.class, host.failure(host.send(Tasks.assertion("not so"))));
      assertEquals(3, host.call(Tasks.sum(1, 2)));
    }
  }

  @Test
  void aResultThatCannotBeEncodedFailsItsTask() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      Throwable thrown = host.failure(host.send(Tasks.threadAsResult()));
      assertInstanceOf(TaskEncodingException.class, thrown);
      assertTrue(String.valueOf(thrown.getMessage()).contains("java.lang.Thread"));
      assertEquals(3, host.call(Tasks.sum(1, 2)));
    }
  }

  @Test
  void aTaskThatCannotBeDecodedIsUnreadable() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      ByteBuffer garbage = ByteBuffer.wrap(new byte[] {99, 98, 97});
      host.offer(TinyHost.head(-1).frame(7, garbage));
      Throwable thrown = host.failure(7, ResultHead.Kind.UNREADABLE);
      assertInstanceOf(TaskEncodingException.class, thrown);
      host.send(8, TinyHost.head(-1), "not a task");
      assertInstanceOf(TaskEncodingException.class, host.failure(8, ResultHead.Kind.UNREADABLE));
      assertEquals(3, host.call(Tasks.sum(1, 2)));
    }
  }

  @Test
  void aTaskThatIsTooLargeForTheHeapIsUnreadable() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      host.offer(TinyHost.head(-1).frame(7, ByteBuffer.allocate(40_000_000)));
      Throwable thrown = host.failure(7, ResultHead.Kind.UNREADABLE);
      assertTrue(String.valueOf(thrown.getMessage()).contains("40,000,00"), thrown.getMessage());
      assertEquals(3, host.call(Tasks.sum(1, 2)));
    }
  }

  @Test
  void aBodyKnowsItsTask() throws Exception {
    Instant deadline = Instant.parse("2100-01-02T03:04:05.000000006Z");
    try (TinyHost host = TinyHost.ready()) {
      host.send(
          5, new TaskHead(-1, 3, deadline, "resize", Map.of(), null, false), Tasks.describe());
      assertEquals("5 resize 3 " + deadline + " false", host.value(5));
      host.send(6, TinyHost.head(-1), Tasks.describe());
      assertEquals("6 task-6 1 null false", host.value(6));
    }
  }

  @Test
  void aTimeoutCountsFromTheBeginningOfItsBody() throws Exception {
    Instant deadline = Instant.parse("2100-01-02T03:04:05.000000006Z");
    try (TinyHost host = TinyHost.ready()) {
      Instant before = Instant.now();
      host.send(5, timed(deadline, Duration.ofMinutes(1)), Tasks.describe());
      String[] described = String.valueOf(host.value(5)).split(" ", -1);
      Instant latestEnd = Instant.parse(described[3]);
      assertFalse(latestEnd.isBefore(before.plusSeconds(60)), latestEnd::toString);
      assertFalse(latestEnd.isAfter(Instant.now().plusSeconds(60)), latestEnd::toString);

      host.send(6, timed(deadline, Duration.ofDays(1_000_000)), Tasks.describe());
      assertEquals("6 task-6 1 " + deadline + " false", host.value(6), "the earlier of the two");
      host.send(7, timed(null, Duration.ofSeconds(Long.MAX_VALUE)), Tasks.describe());
      assertEquals("7 task-7 1 " + Instant.MAX + " false", host.value(7));
    }
  }

  private static TaskHead timed(@Nullable Instant deadline, Duration timeout) {
    return new TaskHead(-1, 1, deadline, null, Map.of(), timeout, false);
  }

  @Test
  void aBodyKnowsItsExecutorByName() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      assertEquals("tiny", host.call(Tasks.baton()));
    }
  }

  @Test
  void withoutAPageTheStartIsSaidBeforeTheResult() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      long id = host.send(Tasks.sum(1, 2));
      assertEquals(3, host.value(id));
      List<TinyHost.Seen> frames = new ArrayList<>(host.seen());
      frames.removeIf(frame -> frame.id() != id);
      assertEquals(
          List.of(Opcode.STARTED, Opcode.RESULT),
          frames.stream().map(TinyHost.Seen::opcode).toList());
      assertTrue(Started.read(id, frames.getFirst().payload()).nanoTime() != 0);
    }
  }

  @Test
  void progressIsThinnedAndItsLastWordComesBeforeTheResult() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      long id = host.send(Tasks.progress(100_000));
      host.value(id);
      List<TinyHost.Seen> frames = host.seen();
      List<TinyHost.Seen> reports = host.seen(Opcode.PROGRESS);
      TinyHost.Seen last = reports.getLast();
      assertEquals(100_000, last.payload().getLong(0));
      assertEquals(Opcode.RESULT, frames.get(frames.indexOf(last) + 1).opcode());
      assertTrue(reports.size() < 1_000, () -> reports.size() + " reports");
    }
  }

  @Test
  void progressThatIsHeldBackComesWhileTheBodyRuns() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      long id = host.send(Tasks.progressThenWait());
      host.awaitSeen(frame -> frame.opcode() == Opcode.PROGRESS && frame.payload().getLong(0) == 2);
      host.cancel(id);
      host.awaitResult(id);
    }
  }

  @Test
  void resourcesAreMadeOnceAndClosedAtTheGoodbye() throws Exception {
    Map<Class<?>, Task<?>> factories = new LinkedHashMap<>();
    factories.put(Tasks.Resource.class, Tasks.resource());
    try (TinyHost host = TinyHost.ready()) {
      host.offer(Frame.of(Opcode.INITIALIZE, 0, host.encode(factories)));
      assertEquals(1, host.call(Tasks.useResource()));
      assertEquals(1, host.call(Tasks.useResource()));
      long last = host.send(Tasks.useResource());
      host.offer(Frame.of(Opcode.GOODBYE, 0));
      assertEquals(0, host.awaitExit(20));
      assertEquals(1, host.value(last));
      assertEquals("closed after 3 uses\n", host.output());
    }
  }

  @Test
  void resourcesThatCannotBeDecodedFailEveryTask() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      host.offer(Frame.of(Opcode.INITIALIZE, 0, ByteBuffer.wrap(new byte[] {99, 1})));
      for (int i = 0; i < 2; i++) {
        Throwable thrown = host.failure(host.send(Tasks.sum(1, 2)));
        assertInstanceOf(TaskEncodingException.class, thrown);
      }
    }
  }

  @Test
  void whatATaskLeavesBehindDoesNotReachTheNext() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      String before = String.valueOf(host.call(Tasks.identity()));
      assertTrue(before.startsWith("false baton-task 5 "), before);
      host.call(Tasks.leaveTraces());
      assertEquals(before, host.call(Tasks.identity()));
      host.failure(host.send(Tasks.leaveTracesAndFail()));
      assertEquals(before, host.call(Tasks.identity()));
    }
  }

  @Test
  void theLoggingContextIsThatOfTheTask() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      Map<String, String> context = Map.of("user", "ann", "request", "7");
      host.send(50, new TaskHead(-1, 1, null, null, context, null, false), Tasks.loggingContext());
      assertEquals(context, host.value(50));
      assertEquals(Collections.emptyMap(), host.call(Tasks.loggingContext()));
    }
  }

  @Test
  void nullIsAResult() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      assertNull(host.call(Tasks.echo(null)));
    }
  }

  @Test
  void aBodyMayEndTheJvm() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      host.send(Tasks.exit(3));
      assertEquals(3, host.awaitExit(20));
      assertEquals(List.of(), host.seen(Opcode.RESULT));
    }
  }
}
