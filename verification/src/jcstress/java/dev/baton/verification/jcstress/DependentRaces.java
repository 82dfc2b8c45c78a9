package dev.baton.verification.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.baton.CancelMode;
import dev.baton.TaskFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.LLI_Result;

/** Dependents whose sources get done while they are attached, cancelled or followed. */
public class DependentRaces {

  /** A dependent attached across the end of its source. */
  @JCStressTest
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "Its function ran once.")
  @State
  public static class AttachAcrossTheEnd {
    final Promise<Integer> source = new Promise<>();
    final AtomicInteger calls = new AtomicInteger();

    @Actor
    public void complete() {
      source.complete(1);
    }

    @Actor
    public void attach(II_Result r) {
      r.r1 =
          source
              .thenApply(
                  value -> {
                    calls.incrementAndGet();
                    return value + 1;
                  })
              .join();
    }

    @Arbiter
    public void after(II_Result r) {
      r.r2 = calls.get();
    }
  }

  /** Both sources get done at once. */
  @JCStressTest
  @Outcome(id = "3, 1, 1", expect = ACCEPTABLE, desc = "Its function ran once, on both ends.")
  @State
  public static class BothSources {
    final Promise<Integer> one = new Promise<>();
    final Promise<Integer> two = new Promise<>();
    final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger callbacks = new AtomicInteger();
    final TaskFuture<Integer> sum =
        one.thenCombine(
                two,
                (x, y) -> {
                  calls.incrementAndGet();
                  return x + y;
                })
            .onDone(done -> callbacks.incrementAndGet());

    @Actor
    public void completeOne() {
      one.complete(1);
    }

    @Actor
    public void completeTwo() {
      two.complete(2);
    }

    @Arbiter
    public void after(III_Result r) {
      r.r1 = sum.getNow(-1);
      r.r2 = calls.get();
      r.r3 = callbacks.get();
    }
  }

  /** Both sources get done while the dependent is attached. */
  @JCStressTest
  @Outcome(id = "3, 1", expect = ACCEPTABLE, desc = "Its function ran once, on both ends.")
  @State
  public static class AttachToBothSources {
    final Promise<Integer> one = new Promise<>();
    final Promise<Integer> two = new Promise<>();
    final AtomicInteger calls = new AtomicInteger();

    @Actor
    public void complete() {
      one.complete(1);
      two.complete(2);
    }

    @Actor
    public void attach(II_Result r) {
      r.r1 =
          one.thenCombine(
                  two,
                  (x, y) -> {
                    calls.incrementAndGet();
                    return x + y;
                  })
              .join();
    }

    @Arbiter
    public void after(II_Result r) {
      r.r2 = calls.get();
    }
  }

  /** Either source would do, and both get done at once. */
  @JCStressTest
  @Outcome(
      id = {"1, 1, 1", "2, 1, 1"},
      expect = ACCEPTABLE,
      desc = "Its function ran once, on one end.")
  @State
  public static class EitherSource {
    final Promise<Integer> one = new Promise<>();
    final Promise<Integer> two = new Promise<>();
    final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger callbacks = new AtomicInteger();
    final TaskFuture<Integer> first =
        one.applyToEither(
                two,
                value -> {
                  calls.incrementAndGet();
                  return value;
                })
            .onDone(done -> callbacks.incrementAndGet());

    @Actor
    public void completeOne() {
      one.complete(1);
    }

    @Actor
    public void completeTwo() {
      two.complete(2);
    }

    @Arbiter
    public void after(III_Result r) {
      r.r1 = first.getNow(-1);
      r.r2 = calls.get();
      r.r3 = callbacks.get();
    }
  }

  /** The source and the stage that its function returned get done at once. */
  @JCStressTest
  @Outcome(id = "7, 1", expect = ACCEPTABLE, desc = "Ended as the stage did, once.")
  @State
  public static class FollowedStage {
    final Promise<Integer> source = new Promise<>();
    final Promise<Integer> stage = new Promise<>();
    final AtomicInteger callbacks = new AtomicInteger();
    final TaskFuture<Integer> follower =
        source.thenCompose(value -> stage).onDone(done -> callbacks.incrementAndGet());

    @Actor
    public void completeSource() {
      source.complete(1);
    }

    @Actor
    public void completeStage() {
      stage.complete(7);
    }

    @Arbiter
    public void after(II_Result r) {
      r.r1 = follower.getNow(-1);
      r.r2 = callbacks.get();
    }
  }

  /** A dependent is cancelled while its source gets done. */
  @JCStressTest
  @Outcome(
      id = {"true, CANCELLED, 1", "false, SUCCESS, 1"},
      expect = ACCEPTABLE,
      desc = "One of the two decided, and its callback was called once.")
  @State
  public static class CancelAcrossTheEnd {
    final Promise<Integer> source = new Promise<>();
    final AtomicInteger callbacks = new AtomicInteger();
    final TaskFuture<Integer> dependent =
        source.thenApply(value -> value + 1).onDone(done -> callbacks.incrementAndGet());

    @Actor
    public void complete() {
      source.complete(1);
    }

    @Actor
    public void cancel(LLI_Result r) {
      r.r1 = dependent.cancel(CancelMode.INTERRUPT);
    }

    @Arbiter
    public void after(LLI_Result r) {
      r.r2 = dependent.state();
      r.r3 = callbacks.get();
    }
  }

  /** Two links of a chain get their entries while the chain's source gets done. */
  @JCStressTest
  @Outcome(id = "12, 102", expect = ACCEPTABLE, desc = "Both branches are carried out.")
  @State
  public static class TwoBranches {
    final Promise<Integer> source = new Promise<>();
    final TaskFuture<Integer> trunk = source.thenApply(value -> value + 1);

    @Actor
    public void complete(II_Result r) {
      source.complete(1);
      r.r1 = trunk.thenApply(value -> value + 10).join();
    }

    @Actor
    public void branch(II_Result r) {
      r.r2 = trunk.thenApply(value -> value + 100).join();
    }
  }
}
