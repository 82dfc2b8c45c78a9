package dev.baton.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.TaskFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwaitHookTest {

  /** Comes about as soon as somebody asks to be woken, and counts how often it was looked at. */
  private static final class OnRegistration implements AwaitHook.Condition {

    private final boolean isWorthALook;
    private int looksBefore;
    private boolean met;

    OnRegistration(boolean isWorthALook) {
      this.isWorthALook = isWorthALook;
    }

    @Override
    public boolean isWorthALook() {
      return isWorthALook;
    }

    @Override
    public boolean isMet() {
      looksBefore += met ? 0 : 1;
      return met;
    }

    @Override
    public Runnable onMet(Runnable wake) {
      met = true;
      wake.run();
      return () -> {};
    }
  }

  @Test
  void aThreadThatIsToBlockLooksAtItsConditionOnceAndAsksToBeWoken() throws Exception {
    OnRegistration condition = new OnRegistration(false);

    AwaitHook.BLOCKING.await(condition, false, 0);

    assertEquals(1, condition.looksBefore);
  }

  @Test
  void aThreadLooksForAWhileAtAConditionThatIsWorthIt() throws Exception {
    OnRegistration condition = new OnRegistration(true);

    AwaitHook.BLOCKING.await(condition, false, 0);

    assertTrue(condition.looksBefore > 1, () -> condition.looksBefore + " looks");
  }

  @ParameterizedTest
  @ValueSource(strings = {"virtual", "threads"})
  void whoWaitsForTheNewestTaskLooksForItsEnd(String backend) throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (Baton baton = Baton.open(backend)) {
      TaskFuture<Void> newest = baton.submit(() -> end.await());

      assertTrue(((AwaitHook.Condition) newest).isWorthALook());
      end.countDown();
    }
  }

  @Test
  void whoWaitsForOneOfManyOlderTasksOnVirtualThreadsBlocksAtOnce() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (Baton baton = Baton.open("virtual")) {
      List<Boolean> looks = new ArrayList<>();
      TaskFuture<Void> oldest = baton.submit(() -> end.await());
      for (int newer = 0; newer < 100; newer++) {
        looks.add(((AwaitHook.Condition) oldest).isWorthALook());
        TaskFuture<Void> unused = baton.submit(() -> {});
      }

      assertEquals(32, looks.stream().filter(look -> look).count());
      assertEquals(false, looks.getLast());
      end.countDown();
    }
  }
}
