package dev.baton.verification.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.AsyncTask;
import dev.baton.Await;
import dev.baton.BackendOptions;
import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.MapOptions;
import dev.baton.Task;
import dev.baton.TaskContext;
import dev.baton.TaskEncodingException;
import dev.baton.TaskFunction;
import dev.baton.TaskFuture;
import dev.baton.TaskGroup;
import dev.baton.ThreadOptions;
import dev.baton.VirtualOptions;
import dev.baton.async.AsyncOptions;
import dev.baton.process.ProcessOptions;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import dev.baton.testkit.signal.Signal;
import dev.baton.verification.loopback.LoopbackOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith({Watchdog.class, NoLeftovers.class})
class ContextPropagationTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  static Stream<BackendOptions> backends() {
    return Stream.of(
        ThreadOptions.defaults().workers(1),
        ThreadOptions.defaults().workers(1).portable(),
        VirtualOptions.defaults(),
        AsyncOptions.defaults(),
        LoopbackOptions.defaults(),
        ProcessOptions.defaults().workers(1));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void valueOfTheSubmitterIsThereInTheBodyAndGoneAfterIt(BackendOptions options) throws Exception {
    Tenant.set("acme");
    Task<@Nullable Object> look = Tenant::current;
    try (Baton baton = Baton.open(options)) {
      assertEquals("acme", baton.submit(look).get(SOON));
      Tenant.clear();
      assertNull(baton.submit(look).get(SOON));
      Tenant.set("umbrella");
      assertEquals("umbrella", baton.submit(look).get(SOON));
    }
    assertEquals("umbrella", Tenant.current());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void whatTheBodySetIsGoneAfterItToo(BackendOptions options) throws Exception {
    Tenant.set("acme");
    Action overwrite = () -> Tenant.set("the body's own");
    Task<@Nullable Object> look = Tenant::current;
    try (Baton baton = Baton.open(options)) {
      baton.submit(overwrite).get(SOON);
      Tenant.clear();
      assertNull(baton.submit(look).get(SOON));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void valueIsThereInMapChunksGroupsAndStages(BackendOptions options) throws Exception {
    Tenant.set("acme");
    TaskFunction<Integer, String> named = n -> Tenant.current() + " " + n;
    Task<String> look = () -> String.valueOf(Tenant.current());
    AsyncTask<String> stage =
        () -> CompletableFuture.completedFuture(String.valueOf(Tenant.current()));
    try (Baton baton = Baton.open(options)) {
      assertEquals(List.of("acme 1", "acme 2"), baton.map(named, List.of(1, 2)).stream().toList());
      assertEquals(
          List.of("acme 1", "acme 2"),
          baton.map(MapOptions.none().chunk(2), named, List.of(1, 2)).stream().toList());
      try (TaskGroup group = baton.group()) {
        var member = group.submit(look);
        group.join();
        assertEquals("acme", member.get(SOON));
      }
      assertEquals("acme", baton.submitAsync(stage).get(SOON));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void valueTravelsOnToWhatTheBodySubmits(BackendOptions options) throws Exception {
    Tenant.set("acme");
    Task<String> look = () -> String.valueOf(Tenant.current());
    Task<String> nested = () -> TaskContext.current().baton().submit(look).get(SOON);
    try (Baton baton = Baton.open(options)) {
      assertEquals("acme", baton.submit(nested).get(SOON));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void itemsThatGoOnHaveNothingOfWhoCancelledTheirNeighbour(BackendOptions options)
      throws Exception {
    TaskFunction<Integer, String> named = n -> Tenant.current() + " " + n;
    Signal gate = Signal.create();
    try (Baton baton = Baton.open(options)) {
      baton.submit(() -> gate.await());
      Tenant.clear();
      List<TaskFuture<String>> futures = new ArrayList<>();
      baton
          .map(MapOptions.none().chunk(3), named, List.of(0, 1, 2))
          .futures()
          .forEach(futures::add);
      Tenant.set("umbrella");
      futures.getFirst().cancel(CancelMode.IF_PENDING);
      assertEquals("umbrella", Tenant.current());
      gate.open();
      assertEquals("null 1", futures.get(1).get(SOON));
      assertEquals("null 2", futures.get(2).get(SOON));
    } finally {
      gate.drop();
    }
  }

  @Test
  void valueStaysWithItsTaskOverAnAwaitOnTheLoop() throws Exception {
    Tenant.set("acme");
    Callable<@Nullable Object> sleepAndLook =
        () -> {
          Await.sleep(Duration.ofMillis(5));
          return Tenant.current();
        };
    try (Baton loop = Baton.open("async")) {
      var first = loop.submit(sleepAndLook);
      Tenant.set("umbrella");
      var second = loop.submit(sleepAndLook);
      assertEquals("acme", first.get(SOON));
      assertEquals("umbrella", second.get(SOON));
    }
  }

  @Test
  void valueThatCannotTravelStaysAndHarmsNoTask() throws Exception {
    Task<@Nullable Object> look = Tenant::current;
    Object thread = Thread.currentThread();
    Tenant.set(thread);
    try (Baton workers = Baton.open(ProcessOptions.defaults().workers(1));
        Baton threads = Baton.open("threads")) {
      assertNull(workers.submit(look).get(SOON));
      assertSame(thread, threads.submit((Callable<@Nullable Object>) Tenant::current).get(SOON));
    }
  }

  @Test
  void whatIsInTheWayOfABodyIsNamedAsWithoutValues() {
    Tenant.set("acme");
    Thread captured = Thread.currentThread();
    Task<String> task = captured::getName;
    try (Baton baton = Baton.open(ProcessOptions.defaults().workers(1))) {
      var future = baton.submit(task);
      var failure = assertThrows(Exception.class, () -> future.get(SOON)).getCause();
      assertTrue(failure instanceof TaskEncodingException, () -> "" + failure);
      assertTrue(String.valueOf(failure).contains("java.lang.Thread"), () -> "" + failure);
    }
  }
}
