package dev.baton.internal.future;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Settled;
import dev.baton.TaskFutures;
import dev.baton.Until;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WakeUpTest {

  private final BodilessFuture<String> future = new BodilessFuture<>();

  private static <T> FutureTask<T> waiting(Callable<T> wait) {
    FutureTask<T> waiter = new FutureTask<>(wait);
    Thread thread = Thread.ofPlatform().daemon().start(waiter);
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    return waiter;
  }

  /** The first half of a settle: the end is decided, and nobody has been told. */
  private void decideWithoutWaking(Object end) throws ReflectiveOperationException {
    VarHandle field =
        MethodHandles.privateLookupIn(BatonFuture.class, MethodHandles.lookup())
            .findVarHandle(BatonFuture.class, "end", Object.class);
    field.setVolatile(future, end);
  }

  @Test
  void aWaiterIsWokenThoughAnotherThreadDrainsBeforeTheAlarmsAreRung() throws Exception {
    FutureTask<String> waiter = waiting(future::get);

    decideWithoutWaking("value");
    AtomicBoolean called = new AtomicBoolean();
    future.onDone(done -> called.set(true));
    future.wake();

    assertEquals("value", waiter.get(5, TimeUnit.SECONDS));
    assertTrue(called.get());
  }

  @Test
  void aWaitForManyIsWokenThoughAnotherThreadDrainsBeforeTheAlarmsAreRung() throws Exception {
    FutureTask<Settled> waiter =
        waiting(() -> TaskFutures.waitFor(List.of(future), Until.ALL_COMPLETED));

    decideWithoutWaking("value");
    future.toCompletableFuture();
    future.wake();

    assertEquals(1, waiter.get(5, TimeUnit.SECONDS).done().size());
  }

  @Test
  void aWaiterIsWokenThoughAnotherWaitFindsTheFutureDoneBeforeTheAlarmsAreRung() throws Exception {
    FutureTask<String> waiter = waiting(future::get);

    decideWithoutWaking("value");
    TaskFutures.waitFor(List.of(future), Until.ALL_COMPLETED);
    future.wake();

    assertEquals("value", waiter.get(5, TimeUnit.SECONDS));
  }

  @Test
  void noWaiterSleepsOnWhenEndsRaceWithCallbacks() throws Exception {
    int rounds = 20_000;
    BlockingQueue<BodilessFuture<Integer>> open = new ArrayBlockingQueue<>(1);
    FutureTask<Long> waiter =
        new FutureTask<>(
            () -> {
              long sum = 0;
              for (int i = 0; i < rounds; i++) {
                sum += open.take().get(20, TimeUnit.SECONDS);
              }
              return sum;
            });
    Thread.ofPlatform().daemon().start(waiter);
    for (int i = 0; i < rounds; i++) {
      BodilessFuture<Integer> next = new BodilessFuture<>();
      open.put(next);
      Thread.startVirtualThread(() -> next.settleAndDrain(1));
      next.thenRun(() -> {});
    }
    assertEquals(rounds, waiter.get(40, TimeUnit.SECONDS));
  }

  @Test
  void everyThreadThatWaitsIsWokenBeforeTheFirstCallbackRuns() {
    List<FutureTask<String>> waiters =
        List.of(waiting(future::get), waiting(future::join), waiting(future::get));
    AtomicBoolean allWoken = new AtomicBoolean();
    future.onDone(done -> allWoken.set(waiters.stream().allMatch(WakeUpTest::endsInTime)));

    future.settleAndDrain("value");

    assertTrue(allWoken.get());
  }

  private static boolean endsInTime(FutureTask<String> waiter) {
    try {
      return "value".equals(waiter.get(5, TimeUnit.SECONDS));
    } catch (InterruptedException | ExecutionException | TimeoutException late) {
      throw new AssertionError("A waiter was not woken.", late);
    }
  }

  /** A watch that tells, or fails. */
  private static final class Noisy extends Watch<String> {
    private final Runnable told;

    Noisy(BodilessFuture<String> future, Runnable told) {
      super(future);
      this.told = told;
    }

    @Override
    protected void done() {
      told.run();
    }
  }

  @Test
  void anAlarmThatFailsKeepsNoOtherFromRinging() throws Exception {
    AtomicBoolean first = new AtomicBoolean();
    AtomicBoolean last = new AtomicBoolean();
    new Noisy(future, () -> first.set(true)).begin();
    new Noisy(
            future,
            () -> {
              throw new IllegalStateException("an alarm that fails");
            })
        .begin();
    new Noisy(future, () -> last.set(true)).begin();
    future.settleAndDrain("value");
    assertTrue(first.get() && last.get());
    assertEquals("value", future.get());
  }
}
