package dev.baton.internal.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.TaskOptions;
import dev.baton.internal.task.SubmittedTask;
import dev.baton.spi.Outcome;
import dev.baton.support.Memory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What watches the time of tasks that a backend gives back. */
@Timeout(60)
class LimitsOfReturnedTasksTest {

  private final FakeOwner owner = new FakeOwner();

  @Test
  void aTaskThatWasSentTwiceIsNotKeptByATimer() {
    Memory.awaitCollected("the task", new WeakReference<>(sentTwice()));
  }

  private SubmittedTask<Integer> sentTwice() {
    TaskOptions patient = TaskOptions.none().timeout(Duration.ofHours(1));
    SubmittedTask<Integer> task = new SubmittedTask<>(owner, 1, patient, () -> 1);
    task.submitted();
    assertTrue(task.send());
    assertTrue(task.comeBackToQueue());
    assertTrue(task.send());
    assertTrue(task.complete(new Outcome.Success(2)));
    assertEquals(2, task.join());
    return task;
  }
}
