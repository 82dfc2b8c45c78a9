package dev.baton.testkit.guard;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves a thread named {@code baton-…} or a child process behind. The two
 * threads that all executors share may stay between the tests of a class, and have to be gone two
 * seconds after the last.
 */
public final class NoLeftovers implements AfterEachCallback, AfterAllCallback {

  private static final Set<String> SHARED = Set.of("baton-timer", "baton-keeper");
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Is called by JUnit. */
  public NoLeftovers() {}

  @Override
  public void afterEach(ExtensionContext context) {
    failUnlessGone(SHARED);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    failUnlessGone(Set.of());
  }

  private static void failUnlessGone(Set<String> allowed) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> left = leftovers(allowed);
    while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      left = leftovers(allowed);
    }
    if (!left.isEmpty()) {
      Assertions.fail("Left behind " + PATIENCE + " after the test: " + left);
    }
  }

  private static List<String> leftovers(Set<String> allowed) {
    Stream<String> threads =
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("baton-") && !allowed.contains(name))
            .map(name -> "thread " + name);
    Stream<String> processes =
        ProcessHandle.current()
            .children()
            .filter(ProcessHandle::isAlive)
            .map(child -> "process " + child.pid() + " " + child.info().commandLine().orElse(""));
    return Stream.concat(threads, processes).toList();
  }
}
