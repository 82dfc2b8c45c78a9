package dev.baton.verification.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.baton.Baton;
import dev.baton.BatonStats;
import dev.baton.CancelMode;
import dev.baton.Overflow;
import dev.baton.Task;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskRejectedException;
import dev.baton.ThreadOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Places in the queue, room under the limit and lent slots: what is taken comes back, once. */
public class CapacityRaces {

  private static Object fateOfSubmit(Baton baton) {
    return fateOfSubmit(baton, () -> "done");
  }

  private static Object fateOfSubmit(Baton baton, Task<String> task) {
    try {
      return baton.submit(task);
    } catch (TaskRejectedException full) {
      return "rejected";
    }
  }

  /** A body that sees how many of its kind run at once. */
  private static final class Crowd {
    private final AtomicInteger inside = new AtomicInteger();

    /** The most that ran at once. */
    final AtomicInteger peak = new AtomicInteger();

    String enter() {
      peak.accumulateAndGet(inside.incrementAndGet(), Math::max);
      Patience.spin();
      inside.decrementAndGet();
      return "done";
    }
  }

  /** The one place is freed by a cancel while somebody else submits. */
  @JCStressTest
  @Outcome(
      id = {"rejected, accepted, rejected", "accepted, rejected, rejected"},
      expect = ACCEPTABLE,
      desc = "There is one place, neither more nor less.")
  @State
  public static class PlaceFreedByCancel {
    final HandEngine engine = new HandEngine();
    final Baton baton = engine.openForOne(Overflow.REJECT);
    final TaskFuture<String> first = baton.submit(() -> "done");

    @Actor
    public void cancel() {
      first.cancel(CancelMode.IF_PENDING);
    }

    @Actor
    public void submit(LLL_Result r) {
      r.r1 = submitted();
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r2 = submitted();
      r.r3 = submitted();
      engine.runAll();
      baton.shutdown();
    }

    private Object submitted() {
      return fateOfSubmit(baton) instanceof TaskFuture ? "accepted" : "rejected";
    }
  }

  /** A submitter waits for the one place while it is freed. */
  @JCStressTest
  @Outcome(id = "SUCCESS", expect = ACCEPTABLE, desc = "It gets the place.")
  @State
  public static class WaitForPlace {
    final HandEngine engine = new HandEngine();
    final Baton baton = engine.openForOne(Overflow.BLOCK);
    final TaskFuture<String> first = baton.submit(() -> "done");

    @Actor
    public void run() {
      engine.runNext();
    }

    @Actor
    public void submit(L_Result r) {
      r.r1 = fateOfSubmit(baton);
    }

    @Arbiter
    public void after(L_Result r) {
      engine.runAll();
      r.r1 = r.r1 instanceof TaskFuture<?> future ? future.state() : r.r1;
      baton.shutdown();
    }
  }

  /** A submitter that waits is interrupted while the place is freed: the place is not lost. */
  @JCStressTest
  @Outcome(
      id = {"rejected, true", "SUCCESS, true"},
      expect = ACCEPTABLE,
      desc = "With or without the place; the next one gets it.")
  @State
  public static class InterruptedWaitForPlace {
    final HandEngine engine = new HandEngine();
    final Baton baton = engine.openForOne(Overflow.BLOCK);
    final TaskFuture<String> first = baton.submit(() -> "done");

    @Actor
    public void run() {
      engine.runNext();
    }

    @Actor
    public void submit(LL_Result r) {
      Thread.currentThread().interrupt();
      r.r1 = fateOfSubmit(baton);
      Thread.interrupted();
    }

    @Arbiter
    public void after(LL_Result r) {
      engine.runAll();
      r.r1 = r.r1 instanceof TaskFuture<?> future ? future.state() : r.r1;
      Thread next = Thread.startVirtualThread(() -> baton.submit(() -> "done"));
      r.r2 = Patience.until(() -> !next.isAlive());
      engine.runAll();
      baton.shutdownNow();
    }
  }

  /** A submitter waits for a place while the executor shuts down. */
  @JCStressTest
  @Outcome(id = "rejected, true", expect = ACCEPTABLE, desc = "It is let go.")
  @State
  public static class WaitForPlaceAgainstShutdown {
    final HandEngine engine = new HandEngine();
    final Baton baton = engine.openForOne(Overflow.BLOCK);
    final TaskFuture<String> first = baton.submit(() -> "done");

    @Actor
    public void shutdown() {
      baton.shutdown();
    }

    @Actor
    public void submit(LL_Result r) {
      r.r1 = fateOfSubmit(baton);
    }

    @Arbiter
    public void after(LL_Result r) {
      engine.runAll();
      r.r2 = Patience.until(baton::isTerminated);
    }
  }

  /** The next task under the limit is cancelled while it is about to be started. */
  @JCStressTest
  @Outcome(
      id = "CANCELLED, SUCCESS, 1",
      expect = ACCEPTABLE,
      desc = "The one behind it runs, alone.")
  @State
  public static class CancelUnderLimit {
    final HandEngine engine = new HandEngine();
    final Crowd crowd = new Crowd();
    final Baton baton = engine.open(1);
    final TaskFuture<String> first = baton.submit(crowd::enter);
    final TaskFuture<String> second = baton.submit(crowd::enter);
    final TaskFuture<String> third = baton.submit(crowd::enter);

    @Actor
    public void runFirst() {
      engine.runNext();
    }

    @Actor
    public void cancelSecond() {
      second.cancel(CancelMode.IF_PENDING);
    }

    @Arbiter
    public void after(LLL_Result r) {
      engine.runAll();
      r.r1 = second.state();
      r.r2 = third.state();
      r.r3 = crowd.peak.get();
      baton.shutdown();
    }
  }

  /** Two threads submit under the limit: one task runs at a time, and both do. */
  @JCStressTest
  @Outcome(id = "SUCCESS, SUCCESS, 1", expect = ACCEPTABLE, desc = "Both run, one at a time.")
  @State
  public static class TwoSubmitUnderLimit {
    final HandEngine engine = new HandEngine();
    final Crowd crowd = new Crowd();
    final Baton baton = engine.open(1);

    @Actor
    public void submit(LLL_Result r) {
      r.r1 = fateOfSubmit(baton, crowd::enter);
      engine.runNext();
    }

    @Actor
    public void submitToo(LLL_Result r) {
      r.r2 = fateOfSubmit(baton, crowd::enter);
      engine.runNext();
    }

    @Arbiter
    public void after(LLL_Result r) {
      engine.runAll();
      r.r1 = r.r1 instanceof TaskFuture<?> one ? one.state() : r.r1;
      r.r2 = r.r2 instanceof TaskFuture<?> two ? two.state() : r.r2;
      r.r3 = crowd.peak.get();
      baton.shutdown();
    }
  }

  /** A deadline passes before its task is started: the engine keeps nothing of it. */
  @JCStressTest
  @Outcome(
      id = {"FAILED, true", "SUCCESS, true"},
      expect = ACCEPTABLE,
      desc = "Nothing is kept.")
  @State
  public static class DeadlineBeforeStart {
    static final TaskOptions AT_ONCE = TaskOptions.none().deadline(Duration.ofNanos(1));
    final Baton baton = Baton.open("virtual");

    @Actor
    public void submit(LL_Result r) {
      TaskFuture<String> future = baton.submit(AT_ONCE, () -> "done");
      r.r1 = Patience.until(future::isDone) ? future.state() : "open";
    }

    @Actor
    public void look() {
      baton.stats();
    }

    @Arbiter
    public void after(LL_Result r) {
      baton.close();
      r.r2 = Patience.until(this::nothingIsKept);
    }

    private boolean nothingIsKept() {
      BatonStats now = baton.stats();
      return baton.isTerminated() && now.pending() + now.running() == 0;
    }
  }

  /** Two tasks wait for tasks of their own on a pool of one thread: it lends, and shrinks again. */
  @JCStressTest
  @Outcome(id = "inner, inner, true", expect = ACCEPTABLE, desc = "Nobody starves.")
  @State
  public static class LentSlots {
    final Baton baton = Baton.open(ThreadOptions.defaults().workers(1));

    @Actor
    public void nest(LLL_Result r) {
      r.r1 = nested();
    }

    @Actor
    public void nestToo(LLL_Result r) {
      r.r2 = nested();
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = Patience.until(() -> baton.dump().contains("1 of 1 workers"));
      baton.close();
    }

    private String nested() {
      return baton.submit(() -> baton.submit(() -> "inner").get()).join();
    }
  }
}
