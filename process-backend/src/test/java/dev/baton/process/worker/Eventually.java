package dev.baton.process.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** Waits for what another process brings about. */
final class Eventually {

  private Eventually() {}

  static <T> T get(Supplier<Optional<T>> source, Supplier<String> where) {
    AtomicReference<Optional<T>> found = new AtomicReference<>(Optional.empty());
    Awaitility.await(where.get())
        .pollInterval(Duration.ofMillis(2))
        .pollDelay(Duration.ZERO)
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              found.set(source.get());
              return found.get().isPresent();
            });
    return found.get().orElseThrow();
  }
}
