package dev.baton.internal.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.Baton;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@SuppressWarnings("serial") // these tasks stay in this JVM
@Timeout(60)
class StartedTasksTest {

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);

  private void waitToBeStopped() throws InterruptedException {
    begun.countDown();
    try {
      end.await();
    } catch (InterruptedException asked) {
      interrupted.countDown();
      throw asked;
    }
  }

  private static long seen(Baton baton, String name) {
    return baton.dump().lines().filter(line -> line.contains("[" + name)).count();
  }

  private static void runShortTasks(Baton baton, int howMany) throws Exception {
    List<TaskFuture<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < howMany; i++) {
      futures.add(baton.submit(() -> 1));
    }
    for (TaskFuture<Integer> future : futures) {
      assertEquals(1, future.get());
    }
  }

  @Test
  void oneTaskThatOutlivesThousandsIsSeenOnceAndStopped() throws Exception {
    try (Baton baton = Baton.open("virtual")) {
      TaskFuture<Void> lasting =
          baton.submit(TaskOptions.none().name("lasting"), (Action) this::waitToBeStopped);
      begun.await();
      for (int round = 0; round < 10; round++) {
        assertEquals(1, seen(baton, "lasting"), baton::dump);
        runShortTasks(baton, 1_000);
      }

      baton.shutdownNow();

      interrupted.await();
      assertTrue(
          lasting.exception(Duration.ofSeconds(30)) instanceof InterruptedException,
          lasting::toString);
    }
  }

  @Test
  void shutdownNowStopsAllThatManySubmittersStartedAmongOthers() throws Exception {
    ConcurrentLinkedQueue<TaskFuture<Void>> lasting = new ConcurrentLinkedQueue<>();
    try (Baton baton = Baton.open("virtual")) {
      List<Thread> submitters = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        submitters.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      for (int n = 0; n < 20_000; n++) {
                        if (n % 10 == 0) {
                          lasting.add(baton.submit((Action) this::waitToBeStopped));
                        } else {
                          baton.execute((Runnable) () -> {});
                        }
                      }
                    }));
      }
      for (Thread submitter : submitters) {
        submitter.join();
      }

      baton.shutdownNow();
    }
    assertEquals(8_000, lasting.stream().filter(TaskFuture::isDone).count());
  }

  @Test
  void resultOfTaskThatIsOverIsLetGo() throws Exception {
    try (Baton baton = Baton.open("virtual")) {
      WeakReference<Object> result = new WeakReference<>(baton.submit(() -> new byte[1_000]).get());

      Awaitility.await()
          .pollInSameThread()
          .timeout(Duration.ofSeconds(30))
          .until(
              () -> {
                System.gc();
                return result.get() == null;
              });
    }
  }

  @Test
  void taskThatWaitsForAnotherAttemptIsFoundUnderItsOldId() throws Exception {
    List<Integer> attempts = Collections.synchronizedList(new ArrayList<>());
    try (Baton baton = Baton.open("virtual")) {
      TaskFuture<Void> task =
          baton.submit(
              TaskOptions.none().name("twice").retries(1),
              (Action)
                  () -> {
                    attempts.add(attempts.size());
                    if (attempts.size() == 1) {
                      runShortTasks(baton, 10_000);
                      throw new IllegalStateException("first attempt");
                    }
                    waitToBeStopped();
                  });
      Awaitility.await().until(() -> attempts.size() == 2);
      assertEquals(1, seen(baton, "twice"), baton::dump);

      baton.shutdownNow();

      assertTrue(
          task.exception(Duration.ofSeconds(30)) instanceof InterruptedException, task::toString);
    }
  }
}
