package dev.baton.internal.task;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.baton.Baton;
import dev.baton.Overflow;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.ThreadOptions;
import dev.baton.VirtualOptions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

/** SLF4J's MDC, with a logging backend that keeps one. */
@Timeout(60)
@SuppressWarnings("serial") // these tasks stay in this JVM
class LoggingContextTest {

  static Stream<Named<Supplier<Baton>>> batons() {
    return Stream.of(
        Named.of("threads", () -> Baton.open(ThreadOptions.defaults().workers(1))),
        Named.of("virtual", () -> Baton.open("virtual")),
        Named.of("virtual with a limit", () -> Baton.open(VirtualOptions.defaults().limit(1))));
  }

  @AfterEach
  void clear() {
    MDC.clear();
  }

  private static Map<String, String> entries() {
    Map<String, String> copy = MDC.getCopyOfContextMap();
    return copy == null ? Map.of() : Map.copyOf(copy);
  }

  @ParameterizedTest
  @MethodSource("batons")
  void aTaskSeesTheEntriesOfItsSubmission(Supplier<Baton> open) {
    try (Baton baton = open.get()) {
      MDC.put("user", "ada");
      MDC.put("request", "42");
      assertEquals(Map.of("user", "ada", "request", "42"), baton.submit(() -> entries()).join());
      assertEquals("ada", baton.submit(() -> MDC.get("user")).join());
    }
  }

  @ParameterizedTest
  @MethodSource("batons")
  void whatIsChangedAfterTheSubmissionIsNotSeen(Supplier<Baton> open) {
    try (Baton baton = open.get()) {
      CountDownLatch release = new CountDownLatch(1);
      MDC.put("user", "ada");
      TaskFuture<Map<String, String>> future =
          baton.submit(
              () -> {
                release.await();
                return entries();
              });
      MDC.put("user", "grace");
      MDC.put("late", "yes");
      release.countDown();
      assertEquals(Map.of("user", "ada"), future.join());
    }
  }

  @ParameterizedTest
  @MethodSource("batons")
  void whatATaskPutsIsSeenByNoOtherTaskAndNotByItsSubmitter(Supplier<Baton> open) {
    try (Baton baton = open.get()) {
      MDC.put("user", "ada");
      TaskFuture<?> leaking = baton.submit(() -> MDC.put("leak", "yes"));
      MDC.clear();
      TaskFuture<Map<String, String>> next = baton.submit(() -> entries());
      assertEquals(Map.of(), next.join());
      leaking.join();
      assertEquals(Map.of(), entries());
    }
  }

  @ParameterizedTest
  @MethodSource("batons")
  void aTaskPassesItsEntriesOnToTheTasksThatItSubmits(Supplier<Baton> open) {
    try (Baton baton = open.get()) {
      MDC.put("user", "ada");
      TaskFuture<Map<String, String>> parent =
          baton.submit(
              () -> {
                MDC.put("step", "one");
                return TaskContext.current().baton().submit(() -> entries()).join();
              });
      assertEquals(Map.of("user", "ada", "step", "one"), parent.join());
    }
  }

  @ParameterizedTest
  @MethodSource("batons")
  void anAsynchronousTaskSeesThemAsItBegins(Supplier<Baton> open) {
    try (Baton baton = open.get()) {
      MDC.put("user", "ada");
      assertEquals(
          Map.of("user", "ada"),
          baton.submitAsync(() -> CompletableFuture.completedFuture(entries())).join());
      MDC.clear();
      assertEquals(Map.of(), baton.submit(() -> entries()).join());
    }
  }

  @ParameterizedTest
  @MethodSource("batons")
  void aCallbackDoesNotSeeWhatTheBodyPut(Supplier<Baton> open) {
    try (Baton baton = open.get()) {
      CountDownLatch release = new CountDownLatch(1);
      TaskFuture<?> future =
          baton.submit(
              () -> {
                release.await();
                MDC.put("leak", "yes");
              });
      TaskFuture<Map<String, String>> seen = future.thenApply(done -> entries());
      release.countDown();
      assertEquals(Map.of(), seen.join());
    }
  }

  @Test
  void aForeignThreadKeepsItsOwnEntries() throws Exception {
    try (ExecutorService foreign = Executors.newSingleThreadExecutor()) {
      foreign.submit(() -> MDC.put("own", "yes")).get();
      try (Baton baton = Baton.over(foreign)) {
        MDC.put("user", "ada");
        assertEquals(
            Map.of("user", "ada"),
            baton
                .submit(
                    () -> {
                      Map<String, String> seen = entries();
                      MDC.put("leak", "yes");
                      return seen;
                    })
                .join());
      }
      assertEquals(Map.of("own", "yes"), foreign.submit(LoggingContextTest::entries).get());
    }
  }

  @Test
  void aTaskThatItsSubmitterRunsPutsNothingIntoTheSubmittersEntries() {
    try (Baton baton =
        Baton.open(ThreadOptions.defaults().workers(1).queue(1).overflow(Overflow.CALLER_RUNS))) {
      CountDownLatch release = new CountDownLatch(1);
      TaskFuture<?> holder = baton.submit(() -> release.await());
      await().until(holder::isRunning);
      baton.submit(() -> release.await());
      MDC.put("user", "ada");
      TaskFuture<String> here =
          baton.submit(
              () -> {
                MDC.put("leak", "yes");
                return MDC.get("user");
              });
      assertEquals("ada", here.resultNow());
      assertEquals(Map.of("user", "ada"), entries());
      release.countDown();
    }
  }

  @Test
  void withoutEntriesThereIsNothingToCarry() {
    assertNull(LoggingContext.capture());
    MDC.put("user", "ada");
    MDC.remove("user");
    assertNull(LoggingContext.capture());
  }
}
