package dev.baton.internal.task;

import dev.baton.TaskProgress;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows listeners what a body says of its progress: one call at a time, the latest word only. */
final class ProgressRelay {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressRelay.class);

  /** Who listens; written under this monitor, as a new list each time. */
  private volatile List<Viewer> viewers = List.of();

  /** What the body said last; written by whoever reports, read by the one thread that shows it. */
  private volatile @Nullable TaskProgress latest;

  /** How many reports have not been looked at; who raises it from zero shows until it is zero. */
  private final AtomicInteger unseen = new AtomicInteger();

  private final Executor executor;

  ProgressRelay(Executor executor) {
    this.executor = executor;
  }

  void add(Consumer<? super TaskProgress> listener) {
    synchronized (this) {
      viewers = Stream.concat(viewers.stream(), Stream.of(new Viewer(listener))).toList();
    }
    if (latest != null) {
      wake();
    }
  }

  void report(TaskProgress progress) {
    latest = progress;
    if (!viewers.isEmpty()) {
      wake();
    }
  }

  /** Returns what the body said last, or null. */
  @Nullable TaskProgress latest() {
    return latest;
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
        viewers.forEach(viewer -> viewer.show(progress));
      }
    } while (unseen.addAndGet(-seen) != 0);
  }

  /** One listener, and what it was shown last. */
  private static final class Viewer {
    private final Consumer<? super TaskProgress> listener;

    /** Touched by the one thread that shows. */
    private @Nullable TaskProgress shown;

    Viewer(Consumer<? super TaskProgress> listener) {
      this.listener = listener;
    }

    @SuppressWarnings("ReferenceEquality") // two reports may say the same, and are two
    void show(TaskProgress progress) {
      if (progress == shown) {
        return;
      }
      shown = progress;
      try {
        listener.accept(progress);
      } catch (Throwable failure) {
        LOG.error("A progress listener threw", failure);
      }
    }
  }
}
