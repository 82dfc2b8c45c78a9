package dev.baton.verification.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.baton.CancelMode;
import dev.baton.TaskFuture;
import dev.baton.internal.task.SubmittedTask;
import dev.baton.spi.Outcome.Encoded;
import dev.baton.spi.Outcome.Success;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.LII_Result;
import org.openjdk.jcstress.infra.results.LI_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** The end of the body, which is not the end of the future. */
public class TerminatedRaces {

  /** Somebody asks for the body's end while it comes. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Told once, after the body.")
  @State
  public static class AskAcrossTheEnd {
    final AtomicInteger callbacks = new AtomicInteger();
    int written;
    volatile int seen;
    final SubmittedTask<Integer> task = LoneOwner.silent().task(() -> written = 1);

    @Actor
    public void run() {
      task.run();
    }

    @Actor
    public void ask() {
      task.terminated()
          .onDone(
              done -> {
                seen = written;
                callbacks.incrementAndGet();
              });
    }

    @Arbiter
    public void after(II_Result r) {
      r.r1 = Patience.first(callbacks);
      r.r2 = seen;
    }
  }

  /** Whoever knows that the body is over finds the future done. */
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "It is done.")
  @State
  public static class DoneWhenTerminated {
    final SubmittedTask<String> task = LoneOwner.silent().task(() -> "done");

    @Actor
    public void run() {
      task.run();
    }

    @Actor
    public void ask(Z_Result r) {
      task.terminated().join();
      r.r1 = task.isDone();
    }
  }

  /** Two threads ask for the end of a body that never begins. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Both are told, once each.")
  @State
  public static class TwoAskAcrossTheCancel {
    final SubmittedTask<String> task = LoneOwner.silent().task(() -> "never run");
    final AtomicInteger one = new AtomicInteger();
    final AtomicInteger two = new AtomicInteger();

    @Actor
    public void ask() {
      task.terminated().onDone(done -> one.incrementAndGet());
    }

    @Actor
    public void askAndCancel() {
      task.terminated().onDone(done -> two.incrementAndGet());
      task.cancel(CancelMode.IF_PENDING);
    }

    @Arbiter
    public void after(II_Result r) {
      r.r1 = Patience.first(one);
      r.r2 = Patience.first(two);
    }
  }

  /** The body of an open stage is over when the stage is, whether it is cancelled or completed. */
  @JCStressTest
  @Outcome(
      id = {"SUCCESS, 1, 1", "CANCELLED, 1, 1"},
      expect = ACCEPTABLE,
      desc = "One end, and the body is over once.")
  @State
  public static class OpenStage {
    final CompletableFuture<String> stage = new CompletableFuture<>();
    final LoneOwner owner = LoneOwner.silent();
    final SubmittedTask<String> task = owner.task(Calls.returning(stage));
    final TaskFuture<Void> terminated = task.terminated();

    public OpenStage() {
      task.run();
    }

    @Actor
    public void complete() {
      stage.complete("done");
    }

    @Actor
    public void cancel() {
      task.cancel(CancelMode.INTERRUPT);
    }

    @Arbiter
    public void after(LII_Result r) {
      terminated.join();
      r.r1 = task.state();
      r.r2 = owner.bodyOver.get();
      r.r3 = Patience.first(owner.ended);
    }
  }

  /** A stage gets done while the body that returns it leaves its thread. */
  @JCStressTest
  @Outcome(id = "SUCCESS, 1", expect = ACCEPTABLE, desc = "The end of the stage is not missed.")
  @State
  public static class StageThatOpensAndEnds {
    final CompletableFuture<String> stage = new CompletableFuture<>();
    final LoneOwner owner = LoneOwner.silent();
    final SubmittedTask<String> task = owner.task(Calls.returning(stage));

    @Actor
    public void run() {
      task.run();
    }

    @Actor
    public void complete() {
      stage.complete("done");
    }

    @Arbiter
    public void after(LI_Result r) {
      r.r1 = task.state();
      r.r2 = owner.ended.get();
    }
  }

  /** An encoded result arrives while somebody waits: it is decoded once, by whoever comes first. */
  @JCStressTest
  @Outcome(id = "done, 1, 1", expect = ACCEPTABLE, desc = "Decoded once.")
  @State
  public static class EncodedResult {
    final LoneOwner owner = LoneOwner.silent();
    final AtomicInteger decodings = new AtomicInteger();
    final SubmittedTask<String> task = owner.task(() -> "runs elsewhere");

    public EncodedResult() {
      task.send();
    }

    @Actor
    public void complete() {
      task.complete(
          new Encoded(
              () -> {
                decodings.incrementAndGet();
                return new Success("done");
              }));
    }

    @Actor
    public void get(LII_Result r) {
      r.r1 = task.join();
    }

    @Arbiter
    public void after(LII_Result r) {
      r.r2 = decodings.get();
      r.r3 = Patience.first(owner.ended);
    }
  }

  /** A body elsewhere completes while its backend breaks. */
  @JCStressTest
  @Outcome(
      id = {"SUCCESS, 1, 1", "FAILED, 1, 1"},
      expect = ACCEPTABLE,
      desc = "One end, and the body is over once.")
  @State
  public static class CompleteAgainstBrokenBackend {
    final LoneOwner owner = LoneOwner.silent();
    final SubmittedTask<String> task = owner.task(() -> "runs elsewhere");

    public CompleteAgainstBrokenBackend() {
      task.send();
    }

    @Actor
    public void complete() {
      task.complete(new Success("done"));
    }

    @Actor
    public void fail() {
      task.fail(new IllegalStateException("The backend broke."));
    }

    @Arbiter
    public void after(LII_Result r) {
      r.r1 = task.state();
      r.r2 = owner.bodyOver.get();
      r.r3 = owner.ended.get();
    }
  }
}
