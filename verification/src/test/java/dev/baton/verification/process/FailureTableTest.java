package dev.baton.verification.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.Baton;
import dev.baton.TaskContext;
import dev.baton.TaskEncodingException;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.WorkerLostException;
import dev.baton.process.ProcessOptions;
import dev.baton.process.ProcessOptions.Transport;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import dev.baton.testkit.signal.Signal;
import dev.baton.verification.process.Catastrophe.Trap;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a body does, only its own future hears of it. */
@ExtendWith({Watchdog.class, NoLeftovers.class})
class FailureTableTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private static ProcessOptions options() {
    return ProcessOptions.defaults().workers(2).heap(32).grace(Duration.ofMillis(200));
  }

  private static Throwable failureOf(TaskFuture<?> future) throws Exception {
    Throwable failure = future.exception(LONG);
    if (failure == null) {
      throw new AssertionError("It succeeded: " + future);
    }
    return failure;
  }

  private static List<TaskFuture<Integer>> bystanders(Baton baton) {
    List<TaskFuture<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int n = i;
      futures.add(baton.submit(() -> n * n));
    }
    return futures;
  }

  private static void assertRight(List<TaskFuture<Integer>> futures) throws Exception {
    for (int i = 0; i < futures.size(); i++) {
      assertEquals(i * i, futures.get(i).get(LONG));
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyTheCulpritFails(Catastrophe catastrophe) throws Exception {
    try (Baton baton = Baton.open(options())) {
      List<TaskFuture<Integer>> before = bystanders(baton);
      TaskFuture<Void> culprit = baton.submit(catastrophe.body());
      List<TaskFuture<Integer>> after = bystanders(baton);

      assertInstanceOf(catastrophe.expected(), failureOf(culprit));
      assertRight(before);
      assertRight(after);
      assertEquals(42, baton.submit(() -> 42).get(LONG), "the pool goes on");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CHECKED_EXCEPTION", "EXIT", "KILL", "OUT_OF_MEMORY"})
  void soItIsWhenTheTaskIsSubmittedInACallback(Catastrophe catastrophe) throws Exception {
    AtomicReference<TaskFuture<Void>> culprit = new AtomicReference<>();
    CountDownLatch submitted = new CountDownLatch(1);
    try (Baton baton = Baton.open(options())) {
      baton
          .submit(() -> 1)
          .onDone(
              done -> {
                culprit.set(baton.submit(catastrophe.body()));
                submitted.countDown();
              });
      submitted.await();
      assertInstanceOf(catastrophe.expected(), failureOf(culprit.get()));
      assertRight(bystanders(baton));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Catastrophe.class, mode = EnumSource.Mode.EXCLUDE, names = "FORGED_FRAMES")
  void soItIsWithoutAShell(Catastrophe catastrophe) throws Exception {
    try (Baton baton = Baton.open(options().transport(Transport.STREAMS))) {
      TaskFuture<Void> culprit = baton.submit(catastrophe.body());
      assertInstanceOf(catastrophe.expected(), failureOf(culprit));
      assertRight(bystanders(baton));
    }
  }

  @Test
  void aLossNamesTaskProcessAndExitCode() throws Exception {
    try (Baton baton = Baton.open(options())) {
      TaskFuture<Void> culprit =
          baton.submit(
              TaskOptions.none().name("fatal"),
              (Action)
                  () -> {
                    System.err.println("these are my last words");
                    Runtime.getRuntime().halt(17);
                  });
      String message = String.valueOf(failureOf(culprit).getMessage());
      for (String part :
          List.of("fatal", baton.name(), "pid", "exit code 17", "these are my last words")) {
        assertTrue(message.contains(part), message);
      }
    }
  }

  @Test
  void whoClosesTheDescriptorOfTheFramesLosesItsWorker() throws Exception {
    try (Baton baton = Baton.open(options().transport(Transport.STREAMS))) {
      TaskFuture<Void> culprit =
          baton.submit(() -> new FileOutputStream(FileDescriptor.out).close());
      assertInstanceOf(WorkerLostException.class, failureOf(culprit));
      assertRight(bystanders(baton));
    }
  }

  @Test
  void anIdempotentTaskBeginsOnceMoreAfterItsWorkerDied() throws Exception {
    Signal begun = Signal.create();
    try (Baton baton = Baton.open(options())) {
      TaskFuture<Integer> retried =
          baton.submit(TaskOptions.none().idempotent(), () -> haltBelow(2, begun));
      TaskFuture<Integer> hopeless =
          baton.submit(TaskOptions.none().idempotent(), () -> haltBelow(100, begun));
      assertEquals(2, retried.get(LONG));
      assertInstanceOf(WorkerLostException.class, failureOf(hopeless));
      assertRight(bystanders(baton));
    }
    assertEquals(4, begun.total());
    begun.drop();
  }

  private static int haltBelow(int attempts, Signal begun) {
    begun.count();
    int attempt = TaskContext.current().attempt();
    if (attempt < attempts) {
      Runtime.getRuntime().halt(1);
    }
    return attempt;
  }

  @Test
  void aChildThatHoldsTheFramesOpenDoesNotHideTheEndOfItsParent() throws Exception {
    try (Baton baton = Baton.open(options().transport(Transport.STREAMS))) {
      TaskFuture<Void> culprit =
          baton.submit(
              () -> {
                new ProcessBuilder("sleep", "100").inheritIO().start();
                Runtime.getRuntime().halt(1);
              });
      assertInstanceOf(WorkerLostException.class, failureOf(culprit));
      assertRight(bystanders(baton));
    }
  }

  @Test
  void aKillIsNamedBySignal() throws Exception {
    try (Baton baton = Baton.open(options())) {
      String message =
          String.valueOf(failureOf(baton.submit(Catastrophe.KILL.body())).getMessage());
      assertTrue(message.contains("signal 9, SIGKILL"), message);
    }
  }

  @Test
  void aCrashShowsTheReportOfTheJvm() throws Exception {
    try (Baton baton = Baton.open(options())) {
      String message =
          String.valueOf(failureOf(baton.submit(Catastrophe.CRASH.body())).getMessage());
      assertTrue(message.contains("A fatal error has been detected"), message);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anArgumentThatCannotBeReadFailsItsTaskAlone(Trap.Way way) throws Exception {
    try (Baton baton = Baton.open(options())) {
      Trap trap = new Trap(way);
      TaskFuture<String> culprit = baton.submit(Trap::toString, trap);
      Class<?> expected =
          way == Trap.Way.THROWS ? TaskEncodingException.class : WorkerLostException.class;
      assertInstanceOf(expected, failureOf(culprit));
      assertRight(bystanders(baton));
    }
  }

  @Test
  void aResultThatCannotBeReadFailsItsTaskAlone() throws Exception {
    try (Baton baton = Baton.open(options())) {
      TaskFuture<Trap> culprit = baton.submit(() -> new Trap(Trap.Way.THROWS));
      assertInstanceOf(TaskEncodingException.class, failureOf(culprit));
      assertRight(bystanders(baton));
    }
  }

  @Test
  void aTaskThatCannotBeEncodedFailsItsFutureAlone() throws Exception {
    Object plain = new Object();
    try (Baton baton = Baton.open(options())) {
      TaskFuture<String> culprit = baton.submit(() -> plain.toString());
      ExecutionException failed = assertThrows(ExecutionException.class, culprit::get);
      assertInstanceOf(TaskEncodingException.class, failed.getCause());
      assertRight(bystanders(baton));
    }
  }

  @Test
  void aRunawayIsStoppedByForce() throws Exception {
    try (Baton baton = Baton.open(options())) {
      TaskFuture<Long> runaway =
          baton.submit(
              TaskOptions.none().timeout(Duration.ofMillis(100)),
              () -> {
                long n = 0;
                while (n >= 0) {
                  n++;
                }
                return n;
              });
      failureOf(runaway);
      assertNull(runaway.terminated().get(LONG));
      assertRight(bystanders(baton));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PIPES", "STREAMS"})
  void whatATaskPrintsDisturbsNobody(Transport transport) throws Exception {
    try (Baton baton = Baton.open(options().transport(transport))) {
      TaskFuture<Integer> talkative =
          baton.submit(
              () -> {
                Catastrophe.printNatively(100_000_000);
                return 7;
              });
      assertRight(bystanders(baton));
      assertEquals(7, talkative.get(LONG));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PIPES", "STREAMS"})
  void standardInputIsEmpty(Transport transport) throws Exception {
    try (Baton baton = Baton.open(options().transport(transport))) {
      assertEquals(-1, baton.submit(() -> System.in.read()).get(LONG));
      assertRight(bystanders(baton));
    }
  }
}
