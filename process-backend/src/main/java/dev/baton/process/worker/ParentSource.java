package dev.baton.process.worker;

import dev.baton.process.wire.Fetch;
import dev.baton.process.wire.Found;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Gets classes and resources from the parent's class loader. Any number of threads may ask at once;
 * the reader brings the answers, and waits for nobody.
 */
final class ParentSource {

  /** How many names are remembered that the parent does not have; some programs make names up. */
  private static final int MOST_MISSING = 10_000;

  private final Uplink uplink;

  /** Numbers the requests; guards nothing. */
  private final AtomicLong numbers = new AtomicLong();

  private final Map<Long, Answer> open = new ConcurrentHashMap<>();
  private final Set<String> missingClasses = ConcurrentHashMap.newKeySet();
  private final Set<String> missingResources = ConcurrentHashMap.newKeySet();

  /** What somebody waits for. */
  private static final class Answer {
    /** Opened by the reader once the bytes are there; what was written before is then seen. */
    final CountDownLatch arrived = new CountDownLatch(1);

    byte @Nullable [] bytes;
  }

  ParentSource(Uplink uplink) {
    this.uplink = uplink;
  }

  /**
   * Asks the parent and waits, deaf to interrupts, since a class whose loading fails once may fail
   * for ever. The thread's interrupt flag is set afterwards if an interrupt came.
   *
   * @return the bytes, or null if the parent does not have it
   */
  byte @Nullable [] fetch(Fetch.Kind kind, String name) {
    Set<String> missing = kind == Fetch.Kind.CLASS ? missingClasses : missingResources;
    if (missing.contains(name)) {
      return null;
    }
    byte[] bytes = ask(new Fetch(kind, name));
    if (bytes == null) {
      if (missing.size() >= MOST_MISSING) {
        missing.clear();
      }
      missing.add(name);
    }
    return bytes;
  }

  private byte @Nullable [] ask(Fetch fetch) {
    long number = numbers.incrementAndGet();
    Answer answer = new Answer();
    open.put(number, answer);
    try {
      if (uplink.send(fetch.frame(number))) {
        awaitArrival(answer);
      }
      return answer.bytes;
    } finally {
      open.remove(number);
    }
  }

  private static void awaitArrival(Answer answer) {
    boolean interrupted = false;
    while (true) {
      try {
        answer.arrived.await();
        break;
      } catch (InterruptedException late) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Brings an answer, on the reader. */
  void answer(long number, Found found, ByteBuffer payload) {
    Answer answer = open.get(number);
    if (answer != null) {
      if (found.present()) {
        answer.bytes = new byte[payload.remaining()];
        payload.get(answer.bytes);
      }
      answer.arrived.countDown();
    }
  }
}
