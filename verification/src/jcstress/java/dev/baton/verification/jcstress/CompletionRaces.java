package dev.baton.verification.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.baton.TaskFuture;
import dev.baton.TaskFutures;
import dev.baton.Until;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A future that gets done while others decide it too or wait for it. */
public class CompletionRaces {

  /** Two threads decide; everybody sees the same end from then on. */
  @JCStressTest
  @Outcome(
      id = {"one, one, one", "two, two, two"},
      expect = ACCEPTABLE,
      desc = "One decided, once.")
  @State
  public static class TwoDeciders {
    final Promise<String> promise = new Promise<>();

    @Actor
    public void one(LLL_Result r) {
      promise.complete("one");
      r.r1 = promise.getNow("open");
    }

    @Actor
    public void two(LLL_Result r) {
      promise.complete("two");
      r.r2 = promise.getNow("open");
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = promise.getNow("open");
    }
  }

  /** A thread that waits without a time limit is woken, and sees what was done before the end. */
  @JCStressTest
  @Outcome(id = "done, 42", expect = ACCEPTABLE, desc = "Woken, and all is seen.")
  @State
  public static class Get {
    final Promise<String> promise = new Promise<>();
    int before;

    @Actor
    public void complete() {
      before = 42;
      promise.complete("done");
    }

    @Actor
    public void get(LL_Result r) {
      r.r1 = promise.join();
      r.r2 = before;
    }
  }

  /** A thread gives up waiting; nobody else is disturbed by that. */
  @JCStressTest
  @Outcome(
      id = {"late, done", "done, done"},
      expect = ACCEPTABLE,
      desc = "In time or not.")
  @State
  public static class GetThatGivesUp {
    final Promise<String> promise = new Promise<>();

    @Actor
    public void complete() {
      promise.complete("done");
    }

    @Actor
    public void get(LL_Result r) {
      try {
        r.r1 = promise.get(Duration.ofNanos(300));
      } catch (TimeoutException late) {
        r.r1 = "late";
      } catch (ExecutionException | InterruptedException wrong) {
        r.r1 = wrong;
      }
    }

    @Arbiter
    public void after(LL_Result r) {
      r.r2 = promise.getNow("open");
    }
  }

  /** A wait for two futures ends when the last of them is done, or when its time is up. */
  @JCStressTest
  @Outcome(
      id = {"2, 2", "1, 2"},
      expect = ACCEPTABLE,
      desc = "In time or not.")
  @State
  public static class WaitForBoth {
    final Promise<String> done = new Promise<>();
    final Promise<String> open = new Promise<>();

    public WaitForBoth() {
      done.complete("before");
    }

    @Actor
    public void complete() {
      open.complete("done");
    }

    @Actor
    public void waitFor(LL_Result r) {
      r.r1 = settled(Duration.ofNanos(500));
    }

    @Arbiter
    public void after(LL_Result r) {
      r.r2 = settled(Duration.ofSeconds(10));
    }

    private Object settled(Duration timeout) {
      try {
        return TaskFutures.waitFor(List.of(done, open), Until.ALL_COMPLETED, timeout).done().size();
      } catch (InterruptedException wrong) {
        return wrong;
      }
    }
  }

  /** Who waits for the first of two is handed one, and then the other. */
  @JCStressTest
  @Outcome(
      id = {"one, two", "two, one"},
      expect = ACCEPTABLE,
      desc = "Both, once each.")
  @State
  public static class AsCompleted {
    final Promise<String> one = new Promise<>();
    final Promise<String> two = new Promise<>();

    @Actor
    public void complete() {
      two.complete("two");
      one.complete("one");
    }

    @Actor
    public void iterate(LL_Result r) {
      List<TaskFuture<String>> futures = List.of(one, two);
      var completed = TaskFutures.asCompleted(futures).iterator();
      r.r1 = completed.next().join();
      r.r2 = completed.next().join();
    }
  }
}
