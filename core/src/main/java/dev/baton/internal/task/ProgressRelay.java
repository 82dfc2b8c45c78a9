package dev.baton.internal.task;

import dev.baton.TaskProgress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows listeners what a body says of its progress: one call at a time, the latest word only. */
final class ProgressRelay {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressRelay.class);

  private final List<Consumer<? super TaskProgress>> listeners = new CopyOnWriteArrayList<>();

  /** What the body said last; written by whoever reports, read by the one thread that shows it. */
  private volatile @Nullable TaskProgress latest;

  /** How many reports have not been looked at; who raises it from zero shows until it is zero. */
  private final AtomicInteger unseen = new AtomicInteger();

  private final Executor executor;

  ProgressRelay(Executor executor) {
    this.executor = executor;
  }

  void add(Consumer<? super TaskProgress> listener) {
    listeners.add(listener);
    if (latest != null) {
      wake();
    }
  }

  void report(TaskProgress progress) {
    latest = progress;
    if (!listeners.isEmpty()) {
      wake();
    }
  }

  private void wake() {
    if (unseen.getAndIncrement() == 0) {
      executor.execute(this::show);
    }
  }

  private void show() {
    int seen;
    do {
      seen = unseen.get();
      TaskProgress progress = latest;
      if (progress != null) {
        listeners.forEach(listener -> show(listener, progress));
      }
    } while (unseen.addAndGet(-seen) != 0);
  }

  private static void show(Consumer<? super TaskProgress> listener, TaskProgress progress) {
    try {
      listener.accept(progress);
    } catch (Throwable failure) {
      LOG.error("A progress listener threw", failure);
    }
  }
}
