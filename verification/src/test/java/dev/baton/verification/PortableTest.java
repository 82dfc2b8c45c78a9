package dev.baton.verification;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.BackendOptions;
import dev.baton.Baton;
import dev.baton.MapOptions;
import dev.baton.RemoteFailureException;
import dev.baton.Results;
import dev.baton.Task;
import dev.baton.TaskContext;
import dev.baton.TaskEncodingException;
import dev.baton.TaskFunction;
import dev.baton.TaskFuture;
import dev.baton.TaskRejectedException;
import dev.baton.ThreadOptions;
import dev.baton.VirtualOptions;
import dev.baton.async.AsyncOptions;
import dev.baton.process.ProcessOptions;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the portability check shows on threads that only worker JVMs would show without it. */
@Timeout(60)
class PortableTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  /**
   * What must be copied: statics are the same for a body and its test, for both are in this JVM.
   */
  private static final AtomicReference<@Nullable Object> MINE = new AtomicReference<>();

  private static Baton portable() {
    return Baton.open(ThreadOptions.defaults().workers(2).portable());
  }

  static List<BackendOptions> insideThisJvm() {
    return List.of(
        ThreadOptions.defaults().workers(1).portable(),
        VirtualOptions.defaults().portable(),
        AsyncOptions.defaults().portable());
  }

  private static Throwable failureOf(TaskFuture<?> future) throws Exception {
    return Objects.requireNonNull(future.exception(SOON));
  }

  @Test
  void whatATaskCapturesIsACopy() throws Exception {
    List<Integer> mine = new ArrayList<>(List.of(1));
    try (Baton baton = portable()) {
      Task<List<Integer>> task =
          () -> {
            mine.add(2);
            return mine;
          };
      List<Integer> result = baton.submit(task).get(SOON);
      assertEquals(List.of(1, 2), result);
      assertEquals(List.of(1), mine);
      assertNotSame(mine, result);
    }
  }

  @Test
  void whatIsChangedAfterTheSubmissionIsNotSeen() throws Exception {
    List<Integer> mine = new ArrayList<>(List.of(1));
    try (Baton baton = portable()) {
      TaskFuture<Integer> size = baton.submit(() -> mine.size());
      mine.add(2);
      assertEquals(1, size.get(SOON));
    }
  }

  @ParameterizedTest
  @MethodSource("insideThisJvm")
  void theArgumentOfAFunctionIsACopy(BackendOptions options) throws Exception {
    List<Integer> mine = new ArrayList<>(List.of(1));
    TaskFunction<List<Integer>, List<Integer>> add =
        given -> {
          assertNotSame(MINE.get(), given, "the body has its own");
          given.add(2);
          return given;
        };
    MINE.set(mine);
    try (Baton baton = Baton.open(options);
        Results<List<Integer>> mapped = baton.map(add, List.of(mine))) {
      assertEquals(List.of(1, 2), baton.submit(add, mine).get(SOON));
      assertEquals(List.of(1, 2), baton.bind(add).apply(mine).get(SOON));
      assertEquals(List.of(1, 2), mapped.iterator().next());
    }
    assertEquals(List.of(1), mine);
  }

  @ParameterizedTest
  @MethodSource("insideThisJvm")
  void anExceptionThatCanTravelIsACopy(BackendOptions options) throws Exception {
    MINE.set(null);
    try (Baton baton = Baton.open(options)) {
      assertCopyOfMine(failureOf(baton.submit(PortableTest::fail)));
      assertCopyOfMine(failureOf(baton.submit(any -> fail(), 1)));
      assertCopyOfMine(failureOf(baton.submitAsync(() -> CompletableFuture.failedStage(mine()))));
    }
  }

  private static IOException mine() {
    IOException mine = new IOException("mine", new IllegalStateException("its cause"));
    MINE.set(mine);
    return mine;
  }

  private static int fail() throws IOException {
    throw mine();
  }

  private static void assertCopyOfMine(Throwable failure) {
    IOException mine = assertInstanceOf(IOException.class, MINE.getAndSet(null));
    assertNotSame(mine, failure);
    assertSame(IOException.class, failure.getClass());
    assertEquals(mine.getMessage(), failure.getMessage());
    assertNotSame(mine.getCause(), failure.getCause());
    assertEquals(String.valueOf(mine.getCause()), String.valueOf(failure.getCause()));
    assertArrayEquals(mine.getStackTrace(), failure.getStackTrace());
  }

  @Test
  void whatCannotTravelFailsItsFutureAndIsNamed() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    Callable<String> plain = () -> "a lambda that is no Task";
    try (Baton baton = portable()) {
      Throwable captured = failureOf(baton.submit(() -> latch.getCount()));
      assertInstanceOf(TaskEncodingException.class, captured);
      assertTrue(
          String.valueOf(captured.getMessage()).contains("CountDownLatch"), captured::toString);
      assertInstanceOf(TaskEncodingException.class, failureOf(baton.submit(plain)));
      assertInstanceOf(
          TaskEncodingException.class, failureOf(baton.submit(() -> new CountDownLatch(1))));
      assertEquals(1, baton.submit(() -> 1).get(SOON), "nothing else is disturbed");
    }
  }

  @Test
  void anExceptionThatCannotTravelArrivesAsText() throws Exception {
    try (Baton baton = portable()) {
      Throwable failure =
          failureOf(
              baton.submit(
                  () -> {
                    throw new Stubborn(Thread.currentThread());
                  }));
      RemoteFailureException text = assertInstanceOf(RemoteFailureException.class, failure);
      assertEquals(Stubborn.class.getName(), text.className());
    }
  }

  private static final class Stubborn extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    @SuppressWarnings({"unused", "serial"}) // it is here because it cannot be serialized
    private final Thread thread;

    Stubborn(Thread thread) {
      super("stubborn");
      this.thread = thread;
    }
  }

  @Test
  void aBodyThatWasGivenBackRunsOnACopyToo() throws Exception {
    List<Integer> mine = new ArrayList<>();
    try (Baton baton = Baton.open(ThreadOptions.defaults().workers(1).portable())) {
      Action blocker = () -> Thread.sleep(60_000);
      baton.submit(blocker);
      baton.submit(() -> mine.add(1));
      List<Runnable> returned = baton.shutdownNow();
      returned.getLast().run();
      assertEquals(List.of(), mine);
    }
  }

  @Test
  void itIsAPropertyAndSaysThatItEncodes() {
    Map<String, String> settings = Map.of("backend", "virtual", "portable", "true");
    try (Baton baton = Baton.configured("checked", settings)) {
      assertTrue(baton.capabilities().encodes());
      assertFalse(baton.capabilities().separateProcess());
    }
    try (Baton baton =
        Baton.configured("unchecked", Map.of("backend", "virtual", "portable", "false"))) {
      assertFalse(baton.capabilities().encodes());
    }
  }

  private static TaskFuture<?> mapOfChunks() {
    return ((CompletableFuture<?>) Objects.requireNonNull(MINE.get()))
        .thenApply(task -> (TaskFuture<?>) task)
        .join();
  }

  private static int waitForTheMap(int number) throws Exception {
    mapOfChunks().get();
    return number;
  }

  private static int firstOfChunks(boolean isOrdered) {
    MapOptions chunked = MapOptions.none().chunk(2);
    MapOptions options = isOrdered ? chunked : chunked.unordered();
    Baton baton = TaskContext.current().baton();
    return baton.map(options, PortableTest::waitForTheMap, List.of(1, 2, 3, 4)).iterator().next();
  }

  @Test
  void aTaskWhoseChunksAllWaitForItIsToldSo() throws Exception {
    for (boolean isOrdered : new boolean[] {true, false}) {
      CompletableFuture<TaskFuture<?>> self = new CompletableFuture<>();
      MINE.set(self);
      try (Baton baton = Baton.open(ThreadOptions.defaults().workers(3).portable())) {
        TaskFuture<Integer> task = baton.submit(() -> firstOfChunks(isOrdered));
        self.complete(task);
        Throwable root = failureOf(task);
        while (root.getCause() != null) {
          root = root.getCause();
        }
        assertInstanceOf(TaskRejectedException.class, root);
        assertTrue(String.valueOf(root.getMessage()).contains(task.info().name()), root::toString);
      }
    }
  }

  @Test
  void aBackendThatEncodesAnywayDoesNothingMore() throws Exception {
    try (Baton baton = Baton.open(ProcessOptions.defaults().workers(1).heap(64).portable())) {
      assertEquals(42, baton.submit(() -> 42).get(Duration.ofSeconds(30)));
    }
  }

  @Test
  void theFailureOfACopyIsTheCauseAsUsual() {
    try (Baton baton = portable()) {
      TaskFuture<Integer> future = baton.submit(() -> Integer.parseInt("x"));
      ExecutionException failed = assertThrows(ExecutionException.class, () -> future.get(SOON));
      assertInstanceOf(NumberFormatException.class, failed.getCause());
    }
  }
}
