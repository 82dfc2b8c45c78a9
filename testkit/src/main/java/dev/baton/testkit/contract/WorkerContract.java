package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Await;
import dev.baton.Baton;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What each worker makes once, and calls that are bound. */
@Promise(Row.FACADE)
public interface WorkerContract extends ContractTest {

  /**
   * Something that a worker makes, and that tells of its end.
   *
   * @param number tells those of different workers apart
   * @param told hears of the end
   */
  record Client(int number, Signal told) implements AutoCloseable {

    /** Makes one and tells of it. */
    static Client make(Signal told) {
      return new Client(told.count(), told);
    }

    String ask(String question) {
      return question + " by " + number;
    }

    @Override
    public void close() {
      told.append("closed " + number);
    }
  }

  private static int numberOfMine() throws Exception {
    return TaskContext.current().resource(Client.class).number();
  }

  /** Returns the numbers of the clients that so many tasks find, all submitted at once. */
  private static List<Integer> numbersOf(int tasks, Baton baton) throws Exception {
    List<TaskFuture<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      futures.add(baton.submit(WorkerContract::numberOfMine));
    }
    List<Integer> numbers = new ArrayList<>();
    for (TaskFuture<Integer> future : futures) {
      numbers.add(future.get(Failures.PATIENCE));
    }
    return numbers;
  }

  @Test
  default void aResourceIsMadeAtItsFirstUseAndOnceInAWorker(Fixture given) throws Exception {
    Signal told = given.signal();
    Baton baton = given.open(Shape.slots(1).resource(Client.class, () -> Client.make(told)));
    baton.submit(() -> {}).get();
    assertEquals(0, told.total(), "nobody asked for it yet");
    for (int i = 0; i < 10; i++) {
      assertEquals(1, baton.submit(WorkerContract::numberOfMine).get());
    }
    assertEquals(1, told.total());
    assertEquals(List.of(), told.lines());
    baton.close();
    Eventually.holds("it was closed", () -> told.lines().equals(List.of("closed 1")));
  }

  @Test
  default void thereAreNoMoreResourcesThanWorkersAndAllAreClosed(Fixture given) throws Exception {
    Signal told = given.signal();
    Baton baton = given.open(Shape.slots(3).resource(Client.class, () -> Client.make(told)));
    for (int number : numbersOf(60, baton)) {
      assertTrue(number <= 3);
    }
    baton.close();
    int made = told.total();
    assertTrue(made >= 1 && made <= 3, () -> made + " were made");
    Eventually.holds("each was closed once", () -> told.lines().size() == made);
    assertEquals(made, told.lines().stream().distinct().count());
  }

  @Test
  default void tasksWaitForAFactoryThatWaitsItself(Fixture given) throws Exception {
    Signal told = given.signal();
    Baton baton =
        given.open(
            Shape.atLeast(3)
                .resource(
                    Client.class,
                    () -> {
                      Await.sleep(Duration.ofMillis(20));
                      return Client.make(told);
                    }));
    for (int number : numbersOf(12, baton)) {
      assertTrue(number >= 1);
    }
  }

  @Test
  default void aFactoryThatFailsIsTriedAgain(Fixture given) throws Exception {
    Signal tries = given.signal();
    Baton baton =
        given.open(
            Shape.slots(1)
                .resource(
                    Client.class,
                    () -> {
                      if (tries.count() == 1) {
                        Thrown.CHECKED.raise();
                      }
                      return new Client(tries.total(), tries);
                    }));
    TaskFuture<Integer> first = baton.submit(WorkerContract::numberOfMine);
    assertEquals(Thrown.CHECKED.get().getClass(), Failures.of(first).getClass());
    assertEquals(2, baton.submit(WorkerContract::numberOfMine).get());
    assertEquals(2, baton.submit(WorkerContract::numberOfMine).get());
  }

  @Test
  default void aMissingResourceIsNamedWithTheCure(Fixture given) {
    TaskFuture<Integer> future = given.open().submit(WorkerContract::numberOfMine);
    IllegalArgumentException missing = Failures.of(IllegalArgumentException.class, future);
    assertNotNull(missing.getMessage());
    assertTrue(missing.getMessage().contains(Client.class.getName()), missing::toString);
    assertTrue(missing.getMessage().contains(".resource("), missing::toString);
  }

  @Test
  default void aBoundCallIsSubmittedAtEachApplication(Fixture given) throws Exception {
    Function<Integer, TaskFuture<Integer>> square =
        given.open().bind((Integer number) -> number * number);
    List<TaskFuture<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      futures.add(square.apply(i));
    }
    for (int i = 0; i < 20; i++) {
      assertEquals(i * i, futures.get(i).get());
    }
  }

  @Test
  default void aBoundCallThatFailsFailsItsFuture(Fixture given) {
    Function<Thrown, TaskFuture<Integer>> raise =
        given
            .open()
            .bind(
                (Thrown thrown) -> {
                  thrown.raise();
                  return 0;
                });
    assertEquals(
        Thrown.CHECKED.get().getMessage(), Failures.of(raise.apply(Thrown.CHECKED)).getMessage());
  }

  @Test
  default void aBoundClientIsMadeOnceInAWorkerAndClosed(Fixture given) throws Exception {
    Signal told = given.signal();
    Baton baton = given.open(Shape.slots(1));
    Function<String, TaskFuture<String>> ask = baton.bind(() -> Client.make(told), Client::ask);
    assertEquals(0, told.total());
    assertEquals("first by 1", ask.apply("first").get());
    assertEquals("second by 1", ask.apply("second").get());
    Function<String, TaskFuture<String>> other = baton.bind(() -> Client.make(told), Client::ask);
    assertEquals("third by 2", other.apply("third").get(), "another binding, another client");
    baton.close();
    Eventually.holds("both were closed", () -> told.lines().size() == 2);
    assertEquals(List.of("closed 2", "closed 1"), told.lines(), "the last made first");
  }
}
