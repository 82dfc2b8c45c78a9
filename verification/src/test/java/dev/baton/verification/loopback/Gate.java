package dev.baton.verification.loopback;

import static org.awaitility.Awaitility.await;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A gate that bodies pass, wherever they are decoded in this JVM, and that counts them. */
record Gate(long id) implements Serializable {

  private static final AtomicLong IDS = new AtomicLong();
  private static final Map<Long, State> STATES = new ConcurrentHashMap<>();

  private record State(CountDownLatch latch, AtomicInteger arrivals) {}

  /** Makes a gate that holds everybody up until it is opened. */
  static Gate closed() {
    Gate gate = new Gate(IDS.incrementAndGet());
    STATES.put(gate.id(), new State(new CountDownLatch(1), new AtomicInteger()));
    return gate;
  }

  /** Makes a gate that only counts. */
  static Gate open() {
    Gate gate = closed();
    gate.release();
    return gate;
  }

  private State state() {
    return Objects.requireNonNull(STATES.get(id));
  }

  /** Opens the gate for all who are there and will come. */
  void release() {
    state().latch().countDown();
  }

  /** Comes to the gate and goes through it when it is open. */
  void pass() throws InterruptedException {
    state().arrivals().incrementAndGet();
    state().latch().await();
  }

  /** Passes as a body does that takes no notice of interrupts. */
  void passStubbornly() {
    state().arrivals().incrementAndGet();
    for (; ; ) {
      try {
        state().latch().await();
        return;
      } catch (InterruptedException notNow) {
        // A stubborn body goes on waiting.
      }
    }
  }

  /** Tells how many have come to the gate. */
  int arrivals() {
    return state().arrivals().get();
  }

  /** Waits until so many have come to the gate. */
  void awaitArrivals(int count) {
    await().atMost(Duration.ofSeconds(10)).until(() -> arrivals() >= count);
  }
}
