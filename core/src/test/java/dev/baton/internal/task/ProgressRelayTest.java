package dev.baton.internal.task;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import ch.qos.logback.classic.Level;
import dev.baton.TaskProgress;
import dev.baton.support.Log;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProgressRelayTest {

  private final Queue<Runnable> later = new ArrayDeque<>();
  private final ProgressRelay relay = new ProgressRelay(later::add);
  private final List<Long> seen = new CopyOnWriteArrayList<>();

  private static TaskProgress step(long done) {
    return new TaskProgress(done, 100, null);
  }

  private void runLater() {
    for (Runnable next; (next = later.poll()) != null; ) {
      next.run();
    }
  }

  @Test
  void aListenerIsShownWhatIsReported() {
    relay.add(progress -> seen.add(progress.done()));
    relay.report(step(1));
    runLater();
    relay.report(step(2));
    runLater();
    assertEquals(List.of(1L, 2L), seen);
  }

  @Test
  void aSlowListenerIsShownTheLatestOnly() {
    relay.add(progress -> seen.add(progress.done()));
    for (int done = 0; done < 50; done++) {
      relay.report(step(done));
    }
    assertEquals(1, later.size());
    runLater();
    assertEquals(49, seen.getLast());
    assertEquals(1, seen.size());
  }

  @Test
  void whatIsReportedWhileAListenerIsCalledIsShownAfterwards() {
    relay.add(
        progress -> {
          seen.add(progress.done());
          if (progress.done() < 3) {
            relay.report(step(progress.done() + 1));
          }
        });
    relay.report(step(1));
    runLater();
    assertEquals(List.of(1L, 2L, 3L), seen);
  }

  @Test
  void aListenerThatComesLaterIsShownTheLatest() {
    relay.report(step(7));
    relay.add(progress -> seen.add(progress.done()));
    runLater();
    assertEquals(List.of(7L), seen);
  }

  @Test
  void aListenerIsNotShownTheSameAgainWhenAnotherComes() {
    List<Long> seenByOther = new ArrayList<>();
    relay.add(progress -> seen.add(progress.done()));
    relay.report(step(7));
    runLater();
    relay.add(progress -> seenByOther.add(progress.done()));
    runLater();
    assertEquals(List.of(7L), seen);
    assertEquals(List.of(7L), seenByOther);
  }

  @Test
  void nobodyIsCalledBeforeTheFirstReport() {
    relay.add(progress -> seen.add(progress.done()));
    assertEquals(0, later.size());
  }

  @Test
  void withoutListenersNothingIsRun() {
    relay.report(step(1));
    assertEquals(0, later.size());
  }

  @Test
  void aListenerThatThrowsIsLoggedAndTheNextIsShownIt() {
    try (Log log = Log.of(ProgressRelay.class)) {
      AssertionError failure = new AssertionError("no");
      relay.add(
          progress -> {
            throw failure;
          });
      relay.add(progress -> seen.add(progress.done()));
      relay.report(step(1));
      runLater();
      relay.report(step(2));
      runLater();
      assertEquals(List.of(1L, 2L), seen);
      assertEquals("ERROR A progress listener threw", log.lines().getFirst());
      assertSame(failure, log.lastException(Level.ERROR));
    }
  }

  @Test
  void listenersAreCalledOneAtATimeAndAlwaysShownTheLast() throws Exception {
    for (int round = 0; round < 100; round++) {
      ProgressRelay next = new ProgressRelay(Thread::startVirtualThread);
      AtomicInteger inside = new AtomicInteger();
      AtomicInteger overlaps = new AtomicInteger();
      AtomicLong last = new AtomicLong();
      next.add(
          progress -> {
            overlaps.addAndGet(inside.getAndIncrement());
            last.set(progress.done());
            inside.decrementAndGet();
          });
      reportFromTwoThreads(next);
      next.report(step(1_000));
      await().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> last.get() == 1_000);
      assertEquals(0, overlaps.get());
    }
  }

  private static void reportFromTwoThreads(ProgressRelay relay) throws InterruptedException {
    List<Thread> reporters = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      reporters.add(
          Thread.ofPlatform()
              .start(() -> LongStream.range(0, 200).forEach(done -> relay.report(step(done)))));
    }
    for (Thread reporter : reporters) {
      reporter.join();
    }
  }
}
