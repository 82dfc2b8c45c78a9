package dev.baton.internal.future;

import dev.baton.Settled;
import dev.baton.TaskFuture;
import dev.baton.Until;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A wait for many futures; each tells of its end once, so that a wait for n costs n steps. */
public final class ManyFutures implements Awaited {

  private final Set<TaskFuture<?>> futures;
  private final Until until;

  /** How many are not done; counted down by the threads that complete them. */
  private final AtomicInteger open;

  /** Set by who ends the wait, before it wakes the waiting thread. */
  private volatile boolean met;

  /** Wakes the waiting thread; written by it, read by who completes a future. */
  private volatile @Nullable Runnable wake;

  private ManyFutures(Set<TaskFuture<?>> futures, Until until) {
    this.futures = futures;
    this.until = until;
    this.open = new AtomicInteger(futures.size());
    this.met = futures.isEmpty();
  }

  /**
   * Waits for futures.
   *
   * @param nanos how long at most, or null for no limit
   */
  public static Settled waitFor(
      Collection<? extends TaskFuture<?>> futures, Until until, @Nullable Long nanos)
      throws InterruptedException {
    Set<TaskFuture<?>> distinct = new LinkedHashSet<>();
    for (TaskFuture<?> future : futures) {
      distinct.add(Objects.requireNonNull(future, "future"));
    }
    long deadline = nanos == null ? 0 : System.nanoTime() + nanos;
    ManyFutures many = new ManyFutures(distinct, Objects.requireNonNull(until, "until"));
    List<Watch<?>> watches = new ArrayList<>(distinct.size());
    try {
      for (TaskFuture<?> future : distinct) {
        watches.add(many.watch(future));
      }
      if (!many.met && (nanos == null || nanos > 0)) {
        Waits.await(many, nanos != null, deadline);
      }
    } finally {
      watches.forEach(Watch::end);
    }
    return many.settled();
  }

  @SuppressWarnings("unchecked") // only the future's state is looked at
  private Watch<?> watch(TaskFuture<?> future) {
    Watch<?> watch =
        new Watch<Object>((TaskFuture<Object>) future) {
          @Override
          protected void done() {
            ManyFutures.this.done(watched());
          }
        };
    watch.begin();
    return watch;
  }

  private void done(TaskFuture<?> future) {
    boolean last = open.decrementAndGet() == 0;
    boolean enough =
        switch (until) {
          case FIRST_COMPLETED -> true;
          case FIRST_FAILED -> future.state() == Future.State.FAILED;
          case ALL_COMPLETED -> false;
        };
    if (last || enough) {
      met = true;
      Runnable w = wake;
      if (w != null) {
        w.run();
      }
    }
  }

  private Settled settled() {
    Set<TaskFuture<?>> done = new LinkedHashSet<>();
    Set<TaskFuture<?>> notDone = new LinkedHashSet<>();
    for (TaskFuture<?> future : futures) {
      (future.isDone() ? done : notDone).add(future);
    }
    return new Settled(done, notDone);
  }

  @Override
  public boolean isMet() {
    return met;
  }

  @Override
  public Runnable onMet(Runnable call) {
    wake = call;
    if (met) {
      call.run();
    }
    return () -> wake = null;
  }

  @Override
  public Needs needs() {
    return until == Until.ALL_COMPLETED ? Needs.allOpen(futures) : Needs.anyOpen(futures);
  }

  @Override
  public boolean mayEndInSeveralWays() {
    return true;
  }

  @Override
  public String toString() {
    return Awaited.describe(futures);
  }

  @Override
  public boolean involves(Home home) {
    return Awaited.anyInvolves(futures, home);
  }
}
