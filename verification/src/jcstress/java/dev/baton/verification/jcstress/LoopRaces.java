package dev.baton.verification.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.baton.Await;
import dev.baton.Baton;
import dev.baton.TaskFuture;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * The baton of an event loop as it is freed and picked up, passed on and asked for. The loop of a
 * test outlives its states, so that it is in every phase when the next task comes.
 */
public class LoopRaces {

  private static final Duration LONG = Duration.ofSeconds(10);

  private static Object resultOf(TaskFuture<String> future) {
    try {
      return future.get(LONG);
    } catch (TimeoutException overlooked) {
      return "overlooked";
    } catch (ExecutionException | InterruptedException wrong) {
      return wrong;
    }
  }

  /** Two tasks for a loop that frees its baton in between, or not. */
  @JCStressTest
  @Outcome(id = "done, done", expect = ACCEPTABLE, desc = "No task is overlooked.")
  @State
  public static class AddAgainstFree {
    static final Baton LOOP = Baton.open("async");

    @Actor
    public void submit(LL_Result r) {
      r.r1 = resultOf(LOOP.submit(() -> "done"));
    }

    @Actor
    public void submitToo(LL_Result r) {
      r.r2 = resultOf(LOOP.submit(() -> "done"));
    }
  }

  /** A task that begins to wait for a stage that is being completed. */
  @JCStressTest
  @Outcome(id = "done, true", expect = ACCEPTABLE, desc = "No wake-up is lost.")
  @State
  public static class AwaitAgainstComplete {
    static final Baton LOOP = Baton.open("async");

    private final CompletableFuture<String> stage = new CompletableFuture<>();

    @Actor
    public void await(LL_Result r) {
      Callable<String> body = () -> Await.on(stage);
      r.r1 = resultOf(LOOP.submit(body));
    }

    @Actor
    public void complete(LL_Result r) {
      r.r2 = stage.complete("done");
    }
  }

  /** A task that waits, cancelled while it is woken. */
  @JCStressTest
  @Outcome(
      id = "over, CANCELLED",
      expect = ACCEPTABLE,
      desc = "The cancel was first, or hit the task while it queued for the baton.")
  @Outcome(id = "over, SUCCESS", expect = ACCEPTABLE, desc = "The task was over before.")
  @State
  public static class CancelAgainstResume {
    static final Baton LOOP = Baton.open("async");

    private final CompletableFuture<String> stage = new CompletableFuture<>();
    private final TaskFuture<String> future = LOOP.submit(bodyOf(stage));

    private static Callable<String> bodyOf(CompletableFuture<String> stage) {
      return () -> Await.on(stage);
    }

    @Actor
    public void complete() {
      stage.complete("done");
    }

    @Actor
    public void cancel() {
      future.cancel(true);
    }

    @Arbiter
    public void end(LL_Result r) {
      r.r1 = resultOf(future.terminated().thenApply(none -> "over"));
      Future.State state = future.state();
      Object next = resultOf(LOOP.submit(() -> "done"));
      r.r2 = next.equals("done") ? state : "the loop is stuck";
    }
  }
}
