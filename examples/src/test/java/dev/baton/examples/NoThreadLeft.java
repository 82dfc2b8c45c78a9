package dev.baton.examples;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test that leaves a thread of Baton behind. */
public final class NoThreadLeft implements AfterEachCallback {

  @Override
  public void afterEach(ExtensionContext context) {
    await("threads of Baton to end")
        .atMost(Duration.ofSeconds(5))
        .until(NoThreadLeft::batonThreads, List::isEmpty);
  }

  private static List<String> batonThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("baton-"))
        .sorted()
        .toList();
  }
}
