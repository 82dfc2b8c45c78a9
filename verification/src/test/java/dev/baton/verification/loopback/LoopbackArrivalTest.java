package dev.baton.verification.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.TaskFuture;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import dev.baton.verification.loopback.Travellers.Witness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which threads do what when an outcome arrives. */
@ExtendWith({Watchdog.class, NoLeftovers.class})
class LoopbackArrivalTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  @BeforeEach
  void forgetOtherTests() {
    Witness.DECODERS.clear();
  }

  private static boolean isWorker(Thread thread) {
    return thread.getName().contains("loopback-");
  }

  private static Baton open() {
    return Baton.open(LoopbackOptions.defaults().workers(1));
  }

  @Test
  void aResultIsDecodedOnceByAWaiterOrAVirtualThread() throws Exception {
    Gate none = Gate.open();
    try (Baton baton = open()) {
      for (int i = 0; i < 200; i++) {
        Witness.DECODERS.clear();
        baton.submit(() -> new Witness(none)).get(LONG);
        List<Thread> decoders =
            Witness.DECODERS.stream().filter(thread -> !isWorker(thread)).toList();
        assertEquals(1, decoders.size(), decoders.toString());
        Thread decoder = decoders.getFirst();
        assertTrue(
            decoder == Thread.currentThread() || decoder.isVirtual(), () -> "it was " + decoder);
      }
    }
  }

  @Test
  void aResultThatNobodyWaitsForIsDecodedByAVirtualThread() {
    Gate none = Gate.open();
    try (Baton baton = open()) {
      TaskFuture<Witness> future = baton.submit(() -> new Witness(none));
      Awaitility.await().until(future::isDone);
      assertTrue(Witness.DECODERS.stream().anyMatch(Thread::isVirtual));
      assertEquals(2, Witness.DECODERS.size(), "made by its worker, and decoded once");
    }
  }

  private static Witness reluctant(Gate gate) throws InterruptedException {
    Witness made = new Witness(gate);
    Thread.startVirtualThread(gate::passStubbornly);
    gate.awaitArrivals(1);
    return made;
  }

  @Test
  void aResultThatIsSlowToDecodeHoldsUpNeitherItsWorkerNorTheNextTask() throws Exception {
    Gate gate = Gate.closed();
    try (Baton baton = open()) {
      TaskFuture<Witness> slow = baton.submit(() -> reluctant(gate));
      gate.awaitArrivals(2);
      assertEquals(7, baton.submit(() -> 7).get(LONG));
      assertFalse(slow.isDone());
      assertFalse(slow.terminated().isDone());
      gate.release();
      slow.terminated().get(LONG);
      assertTrue(slow.isDone());
    }
  }

  @Test
  void callbacksRunInOrderOnVirtualThreadsAndNeverOnTheWorkers() throws Exception {
    Gate body = Gate.closed();
    Queue<Integer> order = new ConcurrentLinkedQueue<>();
    Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    try (Baton baton = open()) {
      TaskFuture<Void> future = baton.submit(body::pass);
      List<TaskFuture<Boolean>> dependents = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        int n = i;
        future.onDone(done -> threads.add(Thread.currentThread()));
        dependents.add(future.thenApply(nothing -> order.add(n)));
      }
      body.awaitArrivals(1);
      body.release();
      for (TaskFuture<Boolean> dependent : dependents) {
        dependent.get(LONG);
      }
    }
    assertEquals(List.of(0, 1, 2, 3, 4), List.copyOf(order));
    assertEquals(5, threads.size());
    threads.forEach(thread -> assertTrue(thread.isVirtual(), thread::toString));
  }

  @Test
  void aCallbackThatBlocksHoldsUpNoWorker() throws Exception {
    Gate callback = Gate.closed();
    try (Baton baton = open()) {
      Gate body = Gate.closed();
      TaskFuture<Void> first = baton.submit(body::pass).onDone(done -> callback.passStubbornly());
      body.release();
      callback.awaitArrivals(1);
      assertTrue(first.isDone());
      assertEquals(7, baton.submit(() -> 7).get(LONG));
      callback.release();
    }
  }
}
