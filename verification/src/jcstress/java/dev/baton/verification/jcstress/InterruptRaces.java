package dev.baton.verification.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.baton.CancelMode;
import dev.baton.TaskContext;
import dev.baton.TaskOptions;
import dev.baton.internal.task.SubmittedTask;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The interrupt that a cancel sends reaches the body it is meant for, or nobody. */
public class InterruptRaces {

  /** The thread that runs the task goes on to another, as a pooled thread does. */
  abstract static class TwoTasks {
    final SubmittedTask<Boolean> next = LoneOwner.silent().task(Thread::interrupted);

    /** Runs a task and then the other; tells whether the other, or the thread, was interrupted. */
    final void runBoth(SubmittedTask<?> first, ZZ_Result r) {
      first.run();
      next.run();
      r.r1 = next.resultNow();
      r.r2 = Thread.interrupted();
    }
  }

  /** A body without hooks is interrupted by the thread that cancels. */
  @JCStressTest
  @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "Nothing is left of the interrupt.")
  @State
  public static class NextTask extends TwoTasks {
    final SubmittedTask<String> first = LoneOwner.silent().task(() -> "done");

    @Actor
    public void run(ZZ_Result r) {
      runBoth(first, r);
    }

    @Actor
    public void cancel() {
      first.cancel(CancelMode.INTERRUPT);
    }
  }

  /** A body with a hook is interrupted by a virtual thread, later. */
  @JCStressTest
  @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "Nothing is left of the interrupt.")
  @State
  public static class NextTaskAfterHook extends TwoTasks {
    final SubmittedTask<String> first =
        LoneOwner.silent()
            .task(
                () -> {
                  TaskContext.current().onCancel(() -> {});
                  Patience.spin();
                  return "done";
                });

    @Actor
    public void run(ZZ_Result r) {
      runBoth(first, r);
    }

    @Actor
    public void cancel() {
      first.cancel(CancelMode.INTERRUPT);
    }
  }

  /** A body is interrupted by the timer. */
  @JCStressTest
  @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "Nothing is left of the interrupt.")
  @State
  public static class NextTaskAfterTimeout extends TwoTasks {
    static final TaskOptions AT_ONCE = TaskOptions.none().timeout(Duration.ofNanos(1));
    final SubmittedTask<String> first =
        LoneOwner.silent()
            .task(
                AT_ONCE,
                () -> {
                  Patience.spin();
                  return "done";
                });

    @Actor
    public void run(ZZ_Result r) {
      runBoth(first, r);
    }

    @Actor
    public void spin() {
      Patience.spin();
    }
  }

  /** A body that returns a stage is interrupted as long as it has its thread. */
  @JCStressTest
  @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "Nothing is left of the interrupt.")
  @State
  public static class NextTaskAfterOpenStage extends TwoTasks {
    final CompletableFuture<String> stage = new CompletableFuture<>();
    final SubmittedTask<String> first = LoneOwner.silent().task(Calls.returning(stage));

    @Actor
    public void run(ZZ_Result r) {
      runBoth(first, r);
    }

    @Actor
    public void cancel() {
      first.cancel(CancelMode.INTERRUPT);
    }
  }

  /** A body that waits is woken by the cancel, and its hook has run once by then. */
  @JCStressTest
  @Outcome(
      id = {"true, 0, never begun", "true, 1, interrupted"},
      expect = ACCEPTABLE,
      desc = "Withdrawn, or stopped with its hook.")
  @State
  public static class WaitingBodyIsStopped {
    final AtomicInteger hooks = new AtomicInteger();
    volatile String body = "never begun";
    final SubmittedTask<String> task =
        LoneOwner.silent()
            .task(
                () -> {
                  body = "begun";
                  TaskContext.current().onCancel(hooks::incrementAndGet);
                  body = Calls.sleepUntilInterrupted();
                  return body;
                });

    @Actor
    public void run() {
      task.run();
    }

    @Actor
    public void cancel(LLL_Result r) {
      r.r1 = task.cancel(CancelMode.INTERRUPT);
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r2 = body.equals("never begun") ? hooks.get() : Patience.first(hooks);
      r.r3 = body;
    }
  }

  /** An open stage is cancelled with its task, at whatever moment that happens. */
  @JCStressTest
  @Outcome(
      id = {"true, CANCELLED", "true, never opened"},
      expect = ACCEPTABLE,
      desc = "Withdrawn, or cancelled with the stage.")
  @State
  public static class OpenStageIsCancelled {
    final CompletableFuture<String> stage = new CompletableFuture<>();
    volatile boolean opened;
    final LoneOwner owner = LoneOwner.silent();
    final SubmittedTask<String> task =
        owner.task(
            Calls.returning(
                () -> {
                  opened = true;
                  return stage;
                }));

    @Actor
    public void run() {
      task.run();
    }

    @Actor
    public void cancel(LL_Result r) {
      r.r1 = task.cancel(CancelMode.INTERRUPT);
    }

    @Arbiter
    public void after(LL_Result r) {
      boolean ended = Patience.until(() -> owner.ended.get() == 1);
      r.r2 = !ended ? "ended " + owner.ended + " times" : opened ? stage.state() : "never opened";
    }
  }
}
