package dev.baton.support;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails each test that leaves a thread of Baton's behind. The two threads that all executors share
 * end by themselves when they are idle, so they are looked for after the last test of a class.
 */
public final class NoThreadIsLeft implements AfterEachCallback, AfterAllCallback {

  private static final List<String> SHARED = List.of("baton-timer", "baton-keeper");

  @Override
  public void afterEach(ExtensionContext context) {
    awaitNone(thread -> !SHARED.contains(thread.getName()));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    awaitNone(thread -> true);
  }

  private static void awaitNone(Predicate<Thread> isMeant) {
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertEquals(List.of(), ours().filter(isMeant).toList()));
  }

  private static java.util.stream.Stream<Thread> ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("baton-"));
  }
}
