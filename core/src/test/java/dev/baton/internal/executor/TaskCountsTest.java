package dev.baton.internal.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.internal.task.SubmittedTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskCountsTest {

  private final TaskCounts counts = new TaskCounts();
  private final FakeOwner owner = new FakeOwner();

  private SubmittedTask<?> succeeded() {
    SubmittedTask<?> task = owner.task(() -> 1);
    task.run();
    return task;
  }

  private SubmittedTask<?> failed() {
    SubmittedTask<?> task = owner.task(() -> Integer.valueOf("no number"));
    task.run();
    return task;
  }

  private SubmittedTask<?> cancelled() {
    SubmittedTask<?> task = owner.task(() -> 1);
    task.cancel(true);
    return task;
  }

  @Test
  void tasksAreCountedByHowTheyEnd() {
    for (long id = 1; id <= 6; id++) {
      assertEquals(id, counts.enter());
    }
    counts.exit(succeeded());
    counts.exit(succeeded());
    counts.exit(failed());
    counts.exit(cancelled());
    counts.reject();
    counts.refuse();
    assertEquals(2, counts.succeeded());
    assertEquals(1, counts.failed());
    assertEquals(1, counts.cancelled());
    assertEquals(2, counts.rejected());
    assertEquals(5, counts.accepted());
    assertEquals(1, counts.unfinished());
    assertFalse(counts.isIdle());
    counts.exit(failed());
    assertTrue(counts.isIdle());
  }

  @Test
  void itIsNeverIdleWhileATaskIsUnfinishedThoughOthersComeAndGo() throws Exception {
    SubmittedTask<?> done = succeeded();
    counts.enter();
    AtomicBoolean stop = new AtomicBoolean();
    Thread other =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!stop.get()) {
                    counts.enter();
                    counts.exit(done);
                  }
                });
    for (int i = 0; i < 200_000; i++) {
      assertFalse(counts.isIdle());
    }
    stop.set(true);
    other.join();
    counts.exit(done);
    assertTrue(counts.isIdle());
  }
}
