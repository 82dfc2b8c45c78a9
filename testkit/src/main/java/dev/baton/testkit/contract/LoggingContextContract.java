package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.Results;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;

/** The logging context (SLF4J's MDC) travels with the task. */
@Promise(Row.LOGGING_CONTEXT)
public interface LoggingContextContract extends ContractTest {

  /** Skips the test unless the logging backend on the class path keeps an MDC. */
  static void assumeMdc() {
    Assumptions.assumeFalse(
        MDC.getMDCAdapter() instanceof NOPMDCAdapter,
        "No logging backend with an MDC is on the class path; logback-classic is one.");
  }

  private static String user() {
    return String.valueOf(MDC.get("user"));
  }

  /** Makes a call with an entry in the logging context, on a thread that has no other. */
  private static <T> T as(String user, Callable<T> call) throws Exception {
    assumeMdc();
    MDC.put("user", user);
    try {
      return call.call();
    } finally {
      MDC.remove("user");
    }
  }

  @Test
  default void aTaskSeesTheContextOfItsSubmission(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<String> ann = as("ann", () -> baton.submit(LoggingContextContract::user));
    TaskFuture<String> bob = as("bob", () -> baton.submit(LoggingContextContract::user));
    TaskFuture<String> nobody = baton.submit(LoggingContextContract::user);
    blocker.release();

    assertEquals(List.of("ann", "bob", "null"), List.of(ann.get(), bob.get(), nobody.get()));
  }

  @Test
  default void whatTheSubmitterChangesLaterIsNotSeen(Fixture given) throws Exception {
    assumeMdc();
    Baton baton = given.open(Shape.slots(1));
    Blocker blocker = Blocker.on(baton, given);
    MDC.put("user", "before");
    TaskFuture<String> future = baton.submit(LoggingContextContract::user);
    MDC.put("user", "after");
    blocker.release();
    assertEquals("before", future.get());
  }

  @Test
  default void whatTheTaskChangesStaysThere(Fixture given) throws Exception {
    Baton baton = given.open();
    String mine =
        as(
            "ann",
            () -> {
              baton.submit(() -> MDC.put("user", "changed")).get();
              return user();
            });
    assertEquals("ann", mine);
    assertNull(MDC.get("user"));
  }

  @Test
  default void allEntriesTravel(Fixture given) throws Exception {
    assumeMdc();
    Map<String, String> entries = Map.of("a", "1", "b", "", "c", "\u00e9\ud83d\ude00");
    MDC.setContextMap(entries);
    TaskFuture<Boolean> same = given.open().submit(() -> entries.equals(MDC.getCopyOfContextMap()));
    assertTrue(same.get());
  }

  @Test
  default void everyWayToSubmitTakesItAlong(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal seen = given.signal();
    String expected =
        as(
            "ann",
            () -> {
              baton.submit(TaskOptions.none().name("named"), LoggingContextContract::user).get();
              baton.execute(() -> seen.append(user()));
              baton.submit(() -> seen.append(user())).get();
              baton.submitAll(List.of(() -> appendTo(seen), () -> appendTo(seen)));
              baton
                  .submitAsync(
                      () -> {
                        seen.append(user());
                        return CompletableFuture.completedFuture(1);
                      })
                  .get();
              baton.bind((Signal signal) -> appendTo(signal)).apply(seen).get();
              try (Results<String> results =
                  baton.map(signal -> appendTo(signal), List.of(seen, seen))) {
                results.forEach(user -> assertEquals("ann", user));
              }
              return user();
            });
    Eventually.holds("all have said it", () -> seen.lines().size() == 8);
    assertEquals(List.of(expected), seen.lines().stream().distinct().toList());
  }

  private static String appendTo(Signal seen) {
    seen.append(user());
    return user();
  }

  @Test
  default void aTaskOfATaskInheritsIt(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    TaskFuture<String> outer =
        as(
            "ann",
            () ->
                baton.submit(
                    () ->
                        TaskContext.current().baton().submit(LoggingContextContract::user).get()));
    assertEquals("ann", outer.get());
  }

  @Test
  default void aReturnedRunnableLeavesItsCallersContextAlone(Fixture given) throws Exception {
    assumeMdc();
    Baton baton = given.open(Shape.slots(1));
    Blocker.on(baton, given);
    Signal ran = given.signal();
    baton.submit(ran::count);
    Future<String> caller =
        given.beside(
            () -> {
              MDC.put("user", "caller");
              baton.shutdownNow().forEach(Runnable::run);
              return user();
            });
    assertEquals("caller", caller.get());
    assertEquals(1, ran.total());
  }
}
