package dev.baton.verification.jcstress;

import dev.baton.BackendOptions;
import dev.baton.Baton;
import dev.baton.Overflow;
import dev.baton.VirtualOptions;
import dev.baton.internal.executor.Admission;
import dev.baton.internal.executor.BatonExecutor;
import dev.baton.internal.executor.Engine;
import dev.baton.internal.executor.EngineFactory;
import dev.baton.internal.executor.Executors;
import dev.baton.internal.task.SubmittedTask;
import dev.baton.spi.Setting;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An engine without threads: what it was given runs when an actor of the test says so. */
final class HandEngine implements Engine {

  private final Queue<SubmittedTask<?>> started = new ConcurrentLinkedQueue<>();

  /** Opens an executor over this engine, which may begin a number of tasks at once. */
  Baton open(@Nullable Integer limit) {
    return Executors.open(new Factory(this, limit, null, Overflow.BLOCK));
  }

  /** Opens an executor over this engine that holds one task at a time. */
  Baton openForOne(Overflow overflow) {
    return Executors.open(new Factory(this, null, 1, overflow));
  }

  /** Runs the oldest task; returns false if there is none. */
  boolean runNext() {
    SubmittedTask<?> next = started.poll();
    if (next == null) {
      return false;
    }
    next.run();
    return true;
  }

  void runAll() {
    boolean more = true;
    while (more) {
      more = runNext();
    }
  }

  @Override
  public void start(SubmittedTask<?> task) {
    started.add(task);
  }

  @Override
  public void lend(SubmittedTask<?> task) {}

  @Override
  public void resume(SubmittedTask<?> task) {}

  @Override
  public void forEachStarted(Consumer<SubmittedTask<?>> visitor) {
    started.forEach(visitor);
  }

  @Override
  public void close() {}

  @Override
  public String status() {
    return started.size() + " by hand";
  }

  private record Factory(
      HandEngine engine, @Nullable Integer limit, @Nullable Integer places, Overflow overflow)
      implements EngineFactory {

    @Override
    public String name() {
      return "hand";
    }

    @Override
    public BackendOptions defaults() {
      return VirtualOptions.defaults();
    }

    @Override
    public List<Setting> settings() {
      return List.of();
    }

    @Override
    public Engine open(BackendOptions options, BatonExecutor executor) {
      return BatonExecutor.limited(engine, limit);
    }

    @Override
    public @Nullable Admission admission(BackendOptions options, BatonExecutor executor) {
      return places == null ? null : new Admission(executor, places, overflow);
    }
  }
}
