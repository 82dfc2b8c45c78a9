package dev.baton.verification.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.baton.CancelMode;
import dev.baton.TaskOptions;
import dev.baton.internal.task.SubmittedTask;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.LLI_Result;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A task that is cancelled or failed while it is claimed, runs or ends. */
public class CancelRaces {

  /** What the tests of this class share: a task that counts how often its body and callback ran. */
  abstract static class OneTask {
    final LoneOwner owner = LoneOwner.silent();
    final AtomicInteger runs = new AtomicInteger();
    final AtomicInteger callbacks = new AtomicInteger();
    final SubmittedTask<Integer> task = owner.task(runs::incrementAndGet);

    OneTask() {
      task.onDone(done -> callbacks.incrementAndGet());
    }
  }

  /** A pending task either runs, or is cancelled and never does. */
  @JCStressTest
  @Outcome(
      id = {"true, CANCELLED, 0, 1", "false, SUCCESS, 1, 1"},
      expect = ACCEPTABLE,
      desc = "Cancelled and never run, or run and not cancelled.")
  @State
  public static class IfPendingAgainstClaim extends OneTask {

    @Actor
    public void run() {
      task.run();
    }

    @Actor
    public void cancel(LLLL_Result r) {
      r.r1 = task.cancel(CancelMode.IF_PENDING);
    }

    @Arbiter
    public void after(LLLL_Result r) {
      r.r2 = task.state();
      r.r3 = runs.get();
      r.r4 = callbacks.get();
    }
  }

  /** A cancel that says true has cancelled the future, whether the body began or not. */
  @JCStressTest
  @Outcome(
      id = {"true, CANCELLED, 0, 1", "true, CANCELLED, 1, 1", "false, SUCCESS, 1, 1"},
      expect = ACCEPTABLE,
      desc = "The word of the cancel and the end agree.")
  @State
  public static class InterruptAgainstRun extends OneTask {

    @Actor
    public void run() {
      task.run();
    }

    @Actor
    public void cancel(LLLL_Result r) {
      r.r1 = task.cancel(CancelMode.INTERRUPT);
    }

    @Arbiter
    public void after(LLLL_Result r) {
      r.r2 = task.state();
      r.r3 = runs.get();
      r.r4 = callbacks.get();
    }
  }

  /** The owner is told once that the body is over, and once that all is. */
  @JCStressTest
  @Outcome(
      id = {"0, 1, 1, 1", "1, 1, 1, 1"},
      expect = ACCEPTABLE,
      desc = "Withdrawn or not, over once, ended once, called back once.")
  @State
  public static class OwnerIsToldOnce extends OneTask {

    @Actor
    public void run() {
      task.run();
    }

    @Actor
    public void cancel() {
      task.cancel(CancelMode.INTERRUPT);
    }

    @Arbiter
    public void after(IIII_Result r) {
      r.r1 = owner.withdrawn.get();
      r.r2 = owner.bodyOver.get();
      r.r3 = owner.ended.get();
      r.r4 = callbacks.get();
    }
  }

  /** Two threads cancel a pending task that nobody runs: for both it is cancelled. */
  @JCStressTest
  @Outcome(id = "true, true, 1", expect = ACCEPTABLE, desc = "It is cancelled, and both say so.")
  @State
  public static class TwoCancelIfPending extends OneTask {

    @Actor
    public void cancel(LLI_Result r) {
      r.r1 = task.cancel(CancelMode.IF_PENDING);
    }

    @Actor
    public void cancelToo(LLI_Result r) {
      r.r2 = task.cancel(CancelMode.IF_PENDING);
    }

    @Arbiter
    public void after(LLI_Result r) {
      r.r3 = callbacks.get();
    }
  }

  /** Listeners hear once that a future is done, whoever cancels it. */
  @JCStressTest
  @Outcome(id = "true, true, 1", expect = ACCEPTABLE, desc = "One event.")
  @State
  public static class OneEventForTwoCancels {
    final LoneOwner owner = LoneOwner.listening();
    final SubmittedTask<String> task = owner.task(() -> "never run");

    @Actor
    public void cancel(LLI_Result r) {
      r.r1 = task.cancel(CancelMode.INTERRUPT);
    }

    @Actor
    public void cancelToo(LLI_Result r) {
      r.r2 = task.cancel(CancelMode.INTERRUPT);
    }

    @Arbiter
    public void after(LLI_Result r) {
      r.r3 = owner.toldDone.get();
    }
  }

  /** A pending task is cancelled and failed at once: the word of the cancel is true to the end. */
  @JCStressTest
  @Outcome(
      id = {"true, CANCELLED, CANCELLED", "false, FAILED, FAILED"},
      expect = ACCEPTABLE,
      desc = "The word of the cancel and the end agree.")
  @State
  public static class CancelAgainstFailure extends OneTask {

    @Actor
    public void cancel(LLL_Result r) {
      r.r1 = task.cancel(CancelMode.INTERRUPT);
      r.r2 = task.state();
    }

    @Actor
    public void fail() {
      task.fail(new IllegalStateException("The backend broke."));
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = task.state();
    }
  }

  /** A deadline passes while a pending task is cancelled. */
  @JCStressTest
  @Outcome(
      id = {"true, CANCELLED", "false, FAILED"},
      expect = ACCEPTABLE,
      desc = "The word of the cancel and the end agree.")
  @State
  public static class CancelAgainstDeadline {
    static final TaskOptions AT_ONCE = TaskOptions.none().deadline(Duration.ofNanos(1));
    final SubmittedTask<String> task = LoneOwner.silent().task(AT_ONCE, () -> "never run");

    @Actor
    public void submit() {
      task.submitted();
    }

    @Actor
    public void cancel(LL_Result r) {
      r.r1 = task.cancel(CancelMode.INTERRUPT);
    }

    @Arbiter
    public void after(LL_Result r) {
      task.terminated().join();
      r.r2 = task.state();
    }
  }

  /** A timeout passes while the body ends and somebody cancels: one of the three decides. */
  @JCStressTest
  @Outcome(
      id = "(SUCCESS|FAILED|CANCELLED), 1, 1, 1",
      expect = ACCEPTABLE,
      desc = "One end, and everybody is told once.")
  @State
  public static class TimeoutAgainstRunAndCancel {
    static final TaskOptions AT_ONCE = TaskOptions.none().timeout(Duration.ofNanos(1));
    final LoneOwner owner = LoneOwner.silent();
    final AtomicInteger callbacks = new AtomicInteger();
    final SubmittedTask<String> task =
        owner.task(
            AT_ONCE,
            () -> {
              Patience.spin();
              return "done";
            });

    public TimeoutAgainstRunAndCancel() {
      task.onDone(done -> callbacks.incrementAndGet());
    }

    @Actor
    public void run() {
      task.submitted();
      task.run();
    }

    @Actor
    public void cancel() {
      while (!task.isDone() && !task.isRunning()) {
        Thread.onSpinWait();
      }
      Patience.spin();
      task.cancel(CancelMode.ABANDON);
    }

    @Arbiter
    public void after(LLLL_Result r) {
      r.r1 = task.state();
      r.r2 = Patience.first(callbacks);
      r.r3 = owner.bodyOver.get();
      r.r4 = owner.ended.get();
    }
  }
}
