package dev.baton.internal.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.CancelMode;
import dev.baton.internal.task.SubmittedTask;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DispatcherTest {

  private final FakeOwner owner = new FakeOwner();
  private final Below below = new Below();

  /** An engine that notes what it is given. */
  private static final class Below implements Engine {
    final List<SubmittedTask<?>> started = new CopyOnWriteArrayList<>();
    volatile Consumer<SubmittedTask<?>> onStart = task -> {};

    @Override
    public void start(SubmittedTask<?> task) {
      started.add(task);
      onStart.accept(task);
    }

    @Override
    public void lend(SubmittedTask<?> task) {}

    @Override
    public void resume(SubmittedTask<?> task) {}

    @Override
    public void forEachStarted(Consumer<SubmittedTask<?>> visitor) {}

    @Override
    public void close() {}

    @Override
    public String status() {
      return "below";
    }
  }

  private Dispatcher dispatcher(int limit, int credit) {
    Dispatcher dispatcher = new Dispatcher(below, limit, credit);
    owner.engine = dispatcher;
    return dispatcher;
  }

  private List<SubmittedTask<?>> submit(Dispatcher dispatcher, int count) {
    List<SubmittedTask<?>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SubmittedTask<?> task = owner.task(() -> "done");
      tasks.add(task);
      dispatcher.start(task);
    }
    return tasks;
  }

  @Test
  void withoutCreditNothingIsStarted() {
    Dispatcher dispatcher = dispatcher(10, 0);
    submit(dispatcher, 3);
    assertEquals(List.of(), below.started);
  }

  @Test
  void eachCreditStartsOneFirstInFirstOut() {
    Dispatcher dispatcher = dispatcher(10, 0);
    List<SubmittedTask<?>> tasks = submit(dispatcher, 3);
    dispatcher.credit(2);
    assertEquals(tasks.subList(0, 2), below.started);
    below.started.forEach(SubmittedTask::run);
    assertEquals(2, below.started.size());
    dispatcher.credit(1);
    assertEquals(tasks, below.started);
  }

  @Test
  void creditThatIsNotUsedIsKept() {
    Dispatcher dispatcher = dispatcher(10, 0);
    dispatcher.credit(2);
    List<SubmittedTask<?>> tasks = submit(dispatcher, 3);
    assertEquals(tasks.subList(0, 2), below.started);
  }

  @Test
  void theLimitHoldsTasksBackUntilOthersAreOver() {
    Dispatcher dispatcher = dispatcher(2, Dispatcher.UNLIMITED);
    List<SubmittedTask<?>> tasks = submit(dispatcher, 4);
    assertEquals(tasks.subList(0, 2), below.started);
    tasks.get(1).run();
    assertEquals(tasks.subList(0, 3), below.started);
    tasks.get(0).run();
    assertEquals(tasks, below.started);
  }

  @Test
  void creditAboveAllBoundsIsAsGoodAsUnlimited() {
    Dispatcher dispatcher = dispatcher(Dispatcher.UNLIMITED, 1);
    dispatcher.credit(Integer.MAX_VALUE);
    dispatcher.credit(Integer.MAX_VALUE);
    assertEquals(5, submit(dispatcher, 5).size());
    assertEquals(5, below.started.size());
  }

  @Test
  void unlimitedCreditIsNotUsedUp() throws ReflectiveOperationException {
    Dispatcher dispatcher = dispatcher(1, Dispatcher.UNLIMITED);
    submit(dispatcher, 100).forEach(SubmittedTask::run);
    Field credit = Dispatcher.class.getDeclaredField("credit");
    credit.setAccessible(true);
    assertEquals(Dispatcher.UNLIMITED, credit.getInt(dispatcher));
  }

  @Test
  void aTaskThatIsWithdrawnWhileItWaitsIsPassedOver() {
    Dispatcher dispatcher = dispatcher(1, Dispatcher.UNLIMITED);
    List<SubmittedTask<?>> tasks = submit(dispatcher, 3);
    assertTrue(tasks.get(1).cancel(CancelMode.IF_PENDING));
    tasks.get(0).run();
    assertEquals(List.of(tasks.get(0), tasks.get(2)), below.started);
  }

  @Test
  void aTaskThatWasOverBeforeItCameIsPassedOver() {
    Dispatcher dispatcher = dispatcher(1, Dispatcher.UNLIMITED);
    SubmittedTask<?> task = owner.task(() -> 1);
    task.cancel(true);
    dispatcher.start(task);
    assertEquals(List.of(), below.started);
    assertEquals(1, submit(dispatcher, 1).size());
    assertEquals(1, below.started.size());
  }

  @Test
  void aTaskThatIsStartedAndWithdrawnBeforeItBeginsMakesRoom() {
    Dispatcher dispatcher = dispatcher(1, Dispatcher.UNLIMITED);
    List<SubmittedTask<?>> tasks = submit(dispatcher, 2);
    tasks.get(0).cancel(true);
    assertEquals(tasks, below.started);
  }

  @Test
  void anEngineThatRefusesATaskFailsItAndTheNextIsStarted() {
    Dispatcher dispatcher = dispatcher(1, 1);
    IllegalStateException refused = new IllegalStateException("not this one");
    below.onStart =
        task -> {
          if (task.id() == 1) {
            throw refused;
          }
        };
    List<SubmittedTask<?>> tasks = submit(dispatcher, 2);
    assertSame(refused, tasks.get(0).exceptionNow());
    assertEquals(tasks, below.started);
  }

  @Test
  void aSlotThatIsLentMakesRoomUntilItIsTakenBack() {
    Dispatcher dispatcher = dispatcher(1, Dispatcher.UNLIMITED);
    List<SubmittedTask<?>> tasks = submit(dispatcher, 4);
    dispatcher.lend(tasks.get(0));
    assertEquals(2, below.started.size());
    dispatcher.resume(tasks.get(0));
    tasks.get(1).run();
    assertEquals(2, below.started.size());
    tasks.get(0).run();
    assertEquals(3, below.started.size());
  }

  @Test
  void tasksThatComeBackAreStartedAgainBeforeThoseThatWereSubmittedLater() {
    Dispatcher dispatcher = dispatcher(10, 3);
    List<SubmittedTask<?>> tasks = submit(dispatcher, 5);
    dispatcher.startAgain(tasks.get(1));
    dispatcher.startAgain(tasks.get(0));
    dispatcher.startAgain(tasks.get(2));
    below.started.clear();
    dispatcher.credit(5);
    assertEquals(tasks, below.started);
  }

  @Test
  void whatAnEngineSubmitsAsItStartsATaskComesAfterIt() {
    Dispatcher dispatcher = dispatcher(10, Dispatcher.UNLIMITED);
    List<SubmittedTask<?>> nested = new ArrayList<>();
    AtomicBoolean inStart = new AtomicBoolean();
    AtomicInteger overlaps = new AtomicInteger();
    below.onStart =
        task -> {
          if (inStart.getAndSet(true)) {
            overlaps.incrementAndGet();
          }
          if (nested.size() < 3) {
            nested.add(owner.task(() -> "nested"));
            dispatcher.start(nested.getLast());
          }
          inStart.set(false);
        };
    List<SubmittedTask<?>> first = submit(dispatcher, 1);
    assertEquals(0, overlaps.get());
    List<SubmittedTask<?>> expected = new ArrayList<>(first);
    expected.addAll(nested);
    assertEquals(expected, below.started);
  }

  @Test
  void manyThreadsStartEachTaskOnceInOrderAndNeverMoreThanTheLimit() throws Exception {
    Dispatcher dispatcher = dispatcher(3, Dispatcher.UNLIMITED);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    int tasks = 4_000;
    CountDownLatch over = new CountDownLatch(tasks);
    below.onStart =
        task -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          Thread.startVirtualThread(
              () -> {
                running.decrementAndGet();
                task.run();
                over.countDown();
              });
        };
    List<Thread> submitters =
        IntStream.range(0, 2)
            .mapToObj(i -> Thread.ofPlatform().start(() -> submit(dispatcher, tasks / 2)))
            .toList();
    for (Thread submitter : submitters) {
      submitter.join();
    }
    over.await();
    assertEquals(tasks, below.started.stream().distinct().count());
    assertTrue(most.get() <= 3, most::toString);
  }

  @Test
  void itsStatusTellsWhatWaitsAndWhatRuns() {
    Dispatcher limited = dispatcher(2, Dispatcher.UNLIMITED);
    submit(limited, 5);
    assertEquals(
        "dispatcher: 3 waiting, 2 started, room for 0 more" + System.lineSeparator() + "below",
        limited.status());
    Dispatcher open = dispatcher(Dispatcher.UNLIMITED, 1);
    submit(open, 3);
    assertEquals(
        "dispatcher: 2 waiting, 1 started" + System.lineSeparator() + "below", open.status());
  }

  @Test
  void itVisitsWhatWaitsAndWhatWasStarted() {
    Dispatcher dispatcher = dispatcher(2, Dispatcher.UNLIMITED);
    List<SubmittedTask<?>> tasks = submit(dispatcher, 3);
    List<SubmittedTask<?>> waiting = new ArrayList<>();
    dispatcher.forEachWaiting(waiting::add);
    assertEquals(tasks.subList(2, 3), waiting);
    List<SubmittedTask<?>> started = new ArrayList<>();
    dispatcher.forEachStarted(started::add);
    assertEquals(Set.copyOf(tasks.subList(0, 2)), Set.copyOf(started));
  }
}
