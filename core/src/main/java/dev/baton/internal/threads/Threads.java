package dev.baton.internal.threads;

import dev.baton.BackendOptions;
import dev.baton.Overflow;
import dev.baton.ThreadOptions;
import dev.baton.internal.executor.Admission;
import dev.baton.internal.executor.BatonExecutor;
import dev.baton.internal.executor.Engine;
import dev.baton.internal.executor.EngineFactory;
import dev.baton.spi.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The factory of the backend {@code threads}. */
public final class Threads implements EngineFactory {

  @Override
  public String name() {
    return "threads";
  }

  @Override
  public BackendOptions defaults() {
    return ThreadOptions.defaults();
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.integer("workers", ThreadOptions.class, ThreadOptions::workers),
        Setting.integer("queue", ThreadOptions.class, ThreadOptions::queue),
        Setting.choice("overflow", ThreadOptions.class, Overflow.class, ThreadOptions::overflow));
  }

  @Override
  public Engine open(BackendOptions options, BatonExecutor executor) {
    ThreadPool pool = new ThreadPool((ThreadOptions) options, executor.name());
    return BatonExecutor.limited(pool, options.common().limit());
  }

  /** A place for each worker and each one who waits. */
  @Override
  public @Nullable Admission admission(BackendOptions options, BatonExecutor executor) {
    ThreadOptions threads = (ThreadOptions) options;
    Integer queue = threads.queue();
    if (queue == null && threads.overflow() != Overflow.BLOCK) {
      throw new IllegalArgumentException(
          "overflow is "
              + threads.overflow()
              + ", which would be ignored: the queue has no bound. Set queue too.");
    }
    return queue == null
        ? null
        : new Admission(executor, placesFor(threads.workers(), queue), threads.overflow());
  }

  private static int placesFor(int workers, int queue) {
    return (int) Math.min(Integer.MAX_VALUE, (long) workers + queue);
  }
}
