package dev.baton.internal.executor;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.TaskFuture;
import dev.baton.ThreadOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("serial") // these tasks stay in this JVM
class KeeperTest {

  private final CountDownLatch release = new CountDownLatch(1);

  private static List<Thread> keepers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("baton-keeper"))
        .toList();
  }

  @BeforeEach
  void awaitNoKeeper() {
    await().atMost(Duration.ofSeconds(2)).until(() -> keepers().isEmpty());
  }

  private static void assertKept() {
    await().during(Duration.ofMillis(150)).untilAsserted(() -> assertEquals(1, keepers().size()));
    assertFalse(keepers().getFirst().isDaemon());
  }

  @Test
  void anUnfinishedTaskIsKeptByAThreadThatIsNoDaemonAndGoesWithIt() {
    try (Baton baton = Baton.open("threads")) {
      baton.submit(() -> release.await());
      assertKept();
      release.countDown();
      awaitNoKeeper();
      baton.submit(() -> {}).join();
    }
  }

  @Test
  void anIdleExecutorIsNotKept() {
    try (Baton baton = Baton.open("virtual")) {
      awaitNoKeeper();
      baton.submit(() -> {}).join();
      awaitNoKeeper();
    }
  }

  @Test
  void oneKeeperIsEnoughForManyExecutors() {
    try (Baton one = Baton.open("threads");
        Baton two = Baton.open("virtual")) {
      one.submit(() -> release.await());
      Thread first = keepers().getFirst();
      TaskFuture<?> last = two.submit(() -> release.await());
      assertSame(first, keepers().getFirst());
      assertKept();
      release.countDown();
      last.join();
      awaitNoKeeper();
    }
  }

  @Test
  void anOpenStageIsKept() {
    try (Baton baton = Baton.open("threads")) {
      CompletableFuture<String> stage = new CompletableFuture<>();
      baton.submitAsync(() -> stage);
      assertKept();
      stage.complete("done");
      awaitNoKeeper();
    }
  }

  @Test
  void aCancelledBodyThatRunsOnIsKept() {
    try (Baton baton = Baton.open("virtual")) {
      TaskFuture<?> future = baton.submit(() -> release.await());
      await().until(future::isRunning);
      future.cancel(CancelMode.ABANDON);
      assertKept();
      release.countDown();
      awaitNoKeeper();
    }
  }

  @Test
  void aPendingTaskIsKept() {
    try (Baton baton = Baton.open(ThreadOptions.defaults().workers(1))) {
      TaskFuture<?> holder = baton.submit(() -> release.await());
      TaskFuture<?> pending = baton.submit(() -> release.await());
      await().until(holder::isRunning);
      holder.cancel(true);
      await().until(pending::isRunning);
      assertKept();
      release.countDown();
      awaitNoKeeper();
    }
  }

  @Test
  void tasksThatComeAsTheKeeperGoesAreKept() {
    try (Baton baton = Baton.open("threads")) {
      for (int round = 0; round < 20; round++) {
        CountDownLatch mine = new CountDownLatch(1);
        baton.submit(() -> {}).join();
        long until = System.nanoTime() + 38_000_000 + round * 300_000L;
        await().pollInterval(Duration.ofMillis(1)).until(() -> System.nanoTime() > until);
        baton.submit(() -> mine.await());
        await()
            .pollDelay(Duration.ofMillis(60))
            .untilAsserted(() -> assertEquals(1, keepers().size()));
        mine.countDown();
      }
    }
  }
}
