package dev.baton.process.worker;

import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Gives one class only when it is told to. */
final class SlowLoader extends ClassLoader {

  private final String path;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  SlowLoader(String className) {
    super(Objects.requireNonNull(SlowLoader.class.getClassLoader()));
    path = className.replace('.', '/') + ".class";
  }

  void awaitAsked() throws InterruptedException {
    if (!asked.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError(path + " was not asked for");
    }
  }

  void goOn() {
    open.countDown();
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    if (name.equals(path)) {
      asked.countDown();
      try {
        open.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException cut) {
        Thread.currentThread().interrupt();
      }
    }
    return super.getResourceAsStream(name);
  }
}
