package dev.baton.verification.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.baton.Baton;
import dev.baton.TaskFuture;
import dev.baton.TaskRejectedException;
import dev.baton.ThreadOptions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LII_Result;
import org.openjdk.jcstress.infra.results.LI_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** A submit, or the end of a task, while the executor shuts down: no task is lost. */
public class ShutdownRaces {

  /** Submits one task that counts its runs; knows what became of it. */
  abstract static class OneSubmit {
    final AtomicInteger runs = new AtomicInteger();
    @Nullable TaskFuture<Integer> future;

    final void submitTo(Baton baton) {
      try {
        future = baton.submit(runs::incrementAndGet);
      } catch (TaskRejectedException tooLate) {
        future = null;
      }
    }

    final Object fate() {
      return future == null ? "rejected" : future.state();
    }
  }

  /** An orderly shutdown: a task is rejected, or run before the executor terminates. */
  @JCStressTest
  @Outcome(
      id = {"rejected, 0", "SUCCESS, 1"},
      expect = ACCEPTABLE,
      desc = "Rejected or run.")
  @State
  public static class SubmitAgainstClose extends OneSubmit {
    final Baton baton = Baton.open("virtual");

    @Actor
    public void submit() {
      submitTo(baton);
    }

    @Actor
    public void close() {
      baton.close();
    }

    @Arbiter
    public void after(LI_Result r) {
      r.r1 = fate();
      r.r2 = runs.get();
    }
  }

  /** A shutdown that cancels: a task is rejected, run, or cancelled; its future is never left. */
  @JCStressTest
  @Outcome(
      id = {"rejected, 0", "SUCCESS, 1", "CANCELLED, 0"},
      expect = ACCEPTABLE,
      desc = "Rejected, run, or cancelled and never run.")
  @State
  public static class SubmitAgainstShutdownNow extends OneSubmit {
    final Baton baton = Baton.open(ThreadOptions.defaults().workers(1));

    @Actor
    public void submit() {
      submitTo(baton);
    }

    @Actor
    public void shutdownNow() {
      baton.shutdownNow();
    }

    @Arbiter
    public void after(LI_Result r) {
      baton.close();
      r.r1 = fate();
      r.r2 = runs.get();
    }
  }

  /** A task that begins during a {@code shutdownNow} is interrupted, however late it came. */
  abstract static class SleeperAgainstShutdownNow {
    private final Baton baton;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable TaskFuture<String> future;

    SleeperAgainstShutdownNow(Baton baton) {
      this.baton = baton;
    }

    final void submitSleeper() {
      try {
        future = baton.submit(() -> Calls.sleepUntilInterrupted(stopped));
      } catch (TaskRejectedException tooLate) {
        future = null;
      }
    }

    final void shutdownNow() {
      baton.shutdownNow();
      stopped.countDown();
    }

    final String fate() {
      baton.close();
      TaskFuture<String> f = future;
      if (f == null) {
        return "rejected";
      }
      return f.isCancelled() ? "cancelled" : f.join();
    }
  }

  /** A sleeper on virtual threads. */
  @JCStressTest
  @Outcome(
      id = {"rejected", "cancelled", "interrupted"},
      expect = ACCEPTABLE,
      desc = "Nobody sleeps on.")
  @State
  public static class SleeperOnVirtualThread extends SleeperAgainstShutdownNow {

    public SleeperOnVirtualThread() {
      super(Baton.open("virtual"));
    }

    @Actor
    public void submit() {
      submitSleeper();
    }

    @Actor
    public void stop() {
      shutdownNow();
    }

    @Arbiter
    public void after(L_Result r) {
      r.r1 = fate();
    }
  }

  /** A sleeper on a pooled thread. */
  @JCStressTest
  @Outcome(
      id = {"rejected", "cancelled", "interrupted"},
      expect = ACCEPTABLE,
      desc = "Nobody sleeps on.")
  @State
  public static class SleeperOnPooledThread extends SleeperAgainstShutdownNow {

    public SleeperOnPooledThread() {
      super(Baton.open(ThreadOptions.defaults().workers(1)));
    }

    @Actor
    public void submit() {
      submitSleeper();
    }

    @Actor
    public void stop() {
      shutdownNow();
    }

    @Arbiter
    public void after(L_Result r) {
      r.r1 = fate();
    }
  }

  /** What {@code shutdownNow} finds waiting it gives back, while a worker takes from the queue. */
  @JCStressTest
  @Outcome(id = "4, 4", expect = ACCEPTABLE, desc = "Each task ran or was given back.")
  @State
  public static class ReturnedTasks {
    final Baton baton = Baton.open(ThreadOptions.defaults().workers(1));
    final AtomicInteger runs = new AtomicInteger();
    List<Runnable> returned = List.of();
    @Nullable List<TaskFuture<Integer>> futures;

    @Actor
    public void submitAndShutDown() {
      futures =
          baton.submitAll(
              List.of(
                  runs::incrementAndGet,
                  runs::incrementAndGet,
                  runs::incrementAndGet,
                  runs::incrementAndGet));
      returned = baton.shutdownNow();
    }

    @Actor
    public void look() {
      baton.stats();
    }

    @Arbiter
    public void after(LL_Result r) {
      baton.close();
      r.r1 = runs.get() + returned.size();
      r.r2 = futures == null ? 0 : futures.stream().filter(TaskFuture::isDone).count();
    }
  }

  /** The last task ends while the executor is shut down: one of the two terminates it. */
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "It terminates.")
  @State
  public static class LastTaskAgainstShutdown {
    final HandEngine engine = new HandEngine();
    final Baton baton = engine.open(null);

    public LastTaskAgainstShutdown() {
      baton.submit(() -> "done");
    }

    @Actor
    public void run() {
      engine.runNext();
    }

    @Actor
    public void shutdown() {
      baton.shutdown();
    }

    @Arbiter
    public void after(Z_Result r) {
      r.r1 = Patience.until(baton::isTerminated);
    }
  }

  /** The last two tasks end at once after the shutdown: the later one terminates the executor. */
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "It terminates.")
  @State
  public static class TwoLastTasks {
    final HandEngine engine = new HandEngine();
    final Baton baton = engine.open(null);

    public TwoLastTasks() {
      baton.submit(() -> "done");
      baton.submit(
          () -> {
            throw new IllegalStateException("failed");
          });
      baton.shutdown();
    }

    @Actor
    public void run() {
      engine.runNext();
    }

    @Actor
    public void runToo() {
      engine.runNext();
    }

    @Arbiter
    public void after(Z_Result r) {
      r.r1 = Patience.until(baton::isTerminated);
    }
  }

  /** A submit that is rejected is counted in and out again while the last task ends. */
  @JCStressTest
  @Outcome(
      id = {"rejected, 0, 1", "SUCCESS, 1, 1"},
      expect = ACCEPTABLE,
      desc = "Rejected or run, and it terminates.")
  @State
  public static class SubmitAgainstShutdownAndLastTask extends OneSubmit {
    final HandEngine engine = new HandEngine();
    final Baton baton = engine.open(null);

    public SubmitAgainstShutdownAndLastTask() {
      baton.submit(() -> "done");
    }

    @Actor
    public void submit() {
      submitTo(baton);
    }

    @Actor
    public void runAndShutDown() {
      engine.runNext();
      baton.shutdown();
    }

    @Arbiter
    public void after(LII_Result r) {
      engine.runAll();
      r.r1 = fate();
      r.r2 = runs.get();
      r.r3 = Patience.until(baton::isTerminated) ? 1 : 0;
    }
  }
}
