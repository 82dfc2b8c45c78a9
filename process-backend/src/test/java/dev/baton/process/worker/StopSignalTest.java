package dev.baton.process.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a body that is asked to stop has registered, and when it runs. */
class StopSignalTest {

  private final StopSignal stop = new StopSignal();
  private final List<String> ran = new CopyOnWriteArrayList<>();

  private void stop() {
    assertTrue(stop.request());
    stop.runHooks(Map.of());
  }

  @Test
  void hooksRunInTheOrderOfTheirRegistration() {
    stop.add(() -> ran.add("first"));
    stop.add(() -> ran.add("second"));
    stop();
    await().until(() -> ran.equals(List.of("first", "second")));
  }

  @Test
  void aHookOfABodyThatIsOverDoesNotRun() {
    stop.add(() -> ran.add("before"));
    stop.quit();
    stop.add(() -> ran.add("after"));
    stop();
    assertEquals(List.of(), ran);
  }

  @Test
  void aHookThatComesAfterTheRequestRunsAtOnce() {
    stop();
    stop.add(() -> ran.add("late"));
    assertEquals(List.of("late"), ran);
  }
}
