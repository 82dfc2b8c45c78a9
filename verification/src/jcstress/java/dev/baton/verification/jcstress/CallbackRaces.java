package dev.baton.verification.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.baton.CancelMode;
import dev.baton.TaskFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Callbacks that are attached while the future gets done. Each is called once, one at a time, and
 * those of one thread in their order.
 */
public class CallbackRaces {

  /** All orders of 1, 2, 3 and 4 in which 1 comes before 2 and 3 before 4. */
  private static final String MERGES = "1234|1324|1342|3124|3142|3412";

  /** Two callbacks attached across the end. */
  @JCStressTest
  @Outcome(id = "12", expect = ACCEPTABLE, desc = "Both, in order.")
  @State
  public static class AttachAcrossTheEnd {
    final Promise<String> promise = new Promise<>();
    final CallLog log = new CallLog();

    @Actor
    public void attach() {
      promise.onDone(log.call(1)).onDone(log.call(2));
    }

    @Actor
    public void complete() {
      promise.complete("done");
    }

    @Arbiter
    public void after(L_Result r) {
      r.r1 = log.toString();
    }
  }

  /** Two threads attach, one of which completes in between. */
  @JCStressTest
  @Outcome(id = "(" + MERGES + ")", expect = ACCEPTABLE, desc = "All, each thread's in order.")
  @State
  public static class TwoAttachAndOneCompletes {
    final Promise<String> promise = new Promise<>();
    final CallLog log = new CallLog();

    @Actor
    public void attach() {
      promise.onDone(log.call(1)).onDone(log.call(2));
    }

    @Actor
    public void attachAndComplete() {
      promise.onDone(log.call(3));
      promise.complete("done");
      promise.onDone(log.call(4));
    }

    @Arbiter
    public void after(L_Result r) {
      r.r1 = log.toString();
    }
  }

  /** Two threads attach to a future that is done: the right to drain passes between them. */
  @JCStressTest
  @Outcome(id = "(" + MERGES + ")", expect = ACCEPTABLE, desc = "All, each thread's in order.")
  @State
  public static class TwoAttachAfterTheEnd {
    final Promise<String> promise = new Promise<>();
    final CallLog log = new CallLog();

    public TwoAttachAfterTheEnd() {
      promise.complete("done");
    }

    @Actor
    public void attach() {
      promise.onDone(log.call(1)).onDone(log.call(2));
    }

    @Actor
    public void attachToo() {
      promise.onDone(log.call(3)).onDone(log.call(4));
    }

    @Arbiter
    public void after(L_Result r) {
      r.r1 = log.toString();
    }
  }

  /** A callback attaches another while a third comes from elsewhere. */
  @JCStressTest
  @Outcome(
      id = {"123", "132"},
      expect = ACCEPTABLE,
      desc = "All, the inner after the outer.")
  @State
  public static class CallbackThatAttaches {
    final Promise<String> promise = new Promise<>();
    final CallLog log = new CallLog();

    public CallbackThatAttaches() {
      promise.onDone(
          done -> {
            log.add(1);
            promise.onDone(log.call(2));
          });
    }

    @Actor
    public void complete() {
      promise.complete("done");
    }

    @Actor
    public void attach() {
      promise.onDone(log.call(3));
    }

    @Arbiter
    public void after(L_Result r) {
      r.r1 = log.toString();
    }
  }

  /** A copy for the world of {@code CompletableFuture} gets done as the future does. */
  @JCStressTest
  @Outcome(id = "done, 1", expect = ACCEPTABLE, desc = "Copied once.")
  @State
  public static class Copy {
    final Promise<String> promise = new Promise<>();
    final CallLog log = new CallLog();

    @Actor
    public void complete() {
      promise.complete("done");
    }

    @Actor
    public void copy(LL_Result r) {
      r.r1 = promise.toCompletableFuture().whenComplete((value, failure) -> log.add(1)).join();
    }

    @Arbiter
    public void after(LL_Result r) {
      r.r2 = log.toString();
    }
  }

  /** A thread that waited in vain takes its entry out while another adds one. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The live entry stays.")
  @State
  public static class UnlinkAcrossAttach {
    final Promise<String> promise = new Promise<String>().withDeadEntries();
    final CallLog log = new CallLog();
    final Runnable giveUp = promise.onMet(log::impossible);

    @Actor
    public void unlink() {
      giveUp.run();
    }

    @Actor
    public void attach() {
      promise.onDone(log.call(1));
    }

    @Arbiter
    public void after(L_Result r) {
      promise.complete("done");
      r.r1 = log.toString();
    }
  }

  /** Two threads that waited in vain take out entries that lie between live ones. */
  @JCStressTest
  @Outcome(id = "1234", expect = ACCEPTABLE, desc = "The live entries stay, in order.")
  @State
  public static class TwoUnlink {
    final Promise<String> promise = new Promise<String>().withDeadEntries();
    final CallLog log = new CallLog();
    final Runnable lowest = promise.onMet(log::impossible);
    final TaskFuture<String> first = promise.onDone(log.call(1));
    final Runnable middle = promise.onMet(log::impossible);
    final Runnable nextToIt = promise.onMet(log::impossible);
    final TaskFuture<String> second = promise.onDone(log.call(2));
    final Runnable highest = promise.onMet(log::impossible);

    @Actor
    public void unlink() {
      highest.run();
      nextToIt.run();
      promise.onDone(log.call(3));
    }

    @Actor
    public void unlinkToo() {
      middle.run();
      lowest.run();
    }

    @Arbiter
    public void after(L_Result r) {
      promise.onDone(log.call(4));
      promise.complete("done");
      r.r1 = log.toString();
    }
  }

  /** Entries are taken out while the future gets done: live ones are called, a waiter is woken. */
  @JCStressTest
  @Outcome(id = "12, true", expect = ACCEPTABLE, desc = "The live entries are told.")
  @State
  public static class UnlinkAcrossTheEnd {
    final Promise<String> promise = new Promise<String>().withDeadEntries();
    final CallLog log = new CallLog();
    final CallLog bell = new CallLog();
    final TaskFuture<String> first = promise.onDone(log.call(1));
    final Runnable low = promise.onMet(() -> {});
    final Runnable live = promise.onMet(() -> bell.add(1));
    final TaskFuture<String> second = promise.onDone(log.call(2));
    final Runnable high = promise.onMet(() -> {});

    @Actor
    public void unlink() {
      high.run();
      low.run();
    }

    @Actor
    public void complete() {
      promise.complete("done");
    }

    @Arbiter
    public void after(LL_Result r) {
      r.r1 = log.toString();
      r.r2 = !bell.toString().isEmpty();
    }
  }

  /** An entry is taken out of the list, and one added, while another thread drains it. */
  @JCStressTest
  @Outcome(
      id = {"123, SUCCESS", "13, CANCELLED", "123, CANCELLED"},
      expect = ACCEPTABLE,
      desc = "The live entries are called in order; the other is called or not.")
  @State
  public static class UnlinkAcrossTheDrain {
    final Promise<String> promise = new Promise<String>().withDeadEntries();
    final CallLog log = new CallLog();
    final TaskFuture<String> first = promise.onDone(log.call(1));
    final TaskFuture<Void> middle = promise.thenRun(() -> log.add(2));

    @Actor
    public void complete() {
      promise.complete("done");
    }

    @Actor
    public void unlinkAndAttach() {
      middle.cancel(CancelMode.INTERRUPT);
      promise.onDone(log.call(3));
    }

    @Arbiter
    public void after(LL_Result r) {
      r.r1 = log.toString();
      r.r2 = middle.state();
    }
  }

  /** A callback is attached, and drained by its own thread, before the waiting thread is woken. */
  @JCStressTest
  @Outcome(id = "1, true", expect = ACCEPTABLE, desc = "Called back, and woken.")
  @State
  public static class WakeUpAgainstDrain {
    final Promise<String> promise = new Promise<>();
    final CallLog log = new CallLog();
    final CallLog bell = new CallLog();
    final Runnable waiting = promise.onMet(() -> bell.add(1));

    @Actor
    public void complete() {
      promise.complete("done");
    }

    @Actor
    public void attach() {
      promise.onDone(log.call(1));
    }

    @Arbiter
    public void after(LL_Result r) {
      r.r1 = log.toString();
      r.r2 = !bell.toString().isEmpty();
    }
  }

  /** A list of nothing but waits is emptied by who comes late, while the future gets done. */
  @JCStressTest
  @Outcome(id = "true, true, 1", expect = ACCEPTABLE, desc = "Both waits end, and the call comes.")
  @State
  public static class LateWaitAgainstTheEnd {
    final Promise<String> promise = new Promise<>();
    final CallLog log = new CallLog();
    final CallLog early = new CallLog();
    final CallLog late = new CallLog();
    final Runnable waiting = promise.onMet(() -> early.add(1));

    @Actor
    public void complete() {
      promise.complete("done");
    }

    @Actor
    public void waitAndAttach() {
      promise.onMet(() -> late.add(1));
      promise.onDone(log.call(1));
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r1 = !early.toString().isEmpty();
      r.r2 = !late.toString().isEmpty();
      r.r3 = log.toString();
    }
  }
}
