package dev.baton.verification.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.baton.Baton;
import dev.baton.Task;
import dev.baton.ThreadOptions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Workers that search, park and are woken while tasks come. The pool of a test outlives its states,
 * so that its workers are in every phase when the next task comes.
 */
public class WorkerRaces {

  private static final Duration LONG = Duration.ofSeconds(10);

  private static Object resultOf(Baton pool, Task<String> task) {
    try {
      return pool.submit(task).get(LONG);
    } catch (TimeoutException overlooked) {
      return "overlooked";
    } catch (ExecutionException | InterruptedException wrong) {
      return wrong;
    }
  }

  /** Two tasks for one worker. */
  @JCStressTest
  @Outcome(id = "done, done", expect = ACCEPTABLE, desc = "No task is overlooked.")
  @State
  public static class OneWorker {
    static final Baton POOL = Baton.open(ThreadOptions.defaults().workers(1));

    @Actor
    public void submit(LL_Result r) {
      r.r1 = resultOf(POOL, () -> "done");
    }

    @Actor
    public void submitToo(LL_Result r) {
      r.r2 = resultOf(POOL, () -> "done");
    }
  }

  /** Tasks for two workers, of which one at a time searches and wakes the other. */
  @JCStressTest
  @Outcome(id = "done, done", expect = ACCEPTABLE, desc = "No task is overlooked.")
  @State
  public static class TwoWorkers {
    static final Baton POOL = Baton.open(ThreadOptions.defaults().workers(2));

    @Actor
    public void submit(LL_Result r) {
      POOL.submit(() -> "beside");
      r.r1 = resultOf(POOL, () -> "done");
    }

    @Actor
    public void submitToo(LL_Result r) {
      r.r2 = resultOf(POOL, () -> "done");
    }
  }

  /** Tasks that wait for tasks of their own, so that workers come and go. */
  @JCStressTest
  @Outcome(id = "done, done", expect = ACCEPTABLE, desc = "No task is overlooked.")
  @State
  public static class NestedTasks {
    static final Baton POOL = Baton.open(ThreadOptions.defaults().workers(1));

    @Actor
    public void submit(LL_Result r) {
      r.r1 = resultOf(POOL, NestedTasks::nested);
    }

    @Actor
    public void submitToo(LL_Result r) {
      r.r2 = resultOf(POOL, NestedTasks::nested);
    }

    private static String nested() throws Exception {
      return POOL.submit(() -> "done").get();
    }
  }
}
