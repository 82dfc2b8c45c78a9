package dev.baton.async.loop;

import dev.baton.async.AsyncOptions;
import dev.baton.spi.AwaitHook;
import dev.baton.spi.Backend;
import dev.baton.spi.BackendHost;
import dev.baton.spi.TaskRun;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs tasks on event loops. */
final class AsyncBackend implements Backend {

  private final BackendHost host;
  private final Roster roster = new Roster();
  private final Carriers carriers = new Carriers(roster);
  private final List<Loop> loops;
  private final LoopHook hook;
  private final BlockingCalls blockingCalls;
  private final Watchdog watchdog;

  /** Whether core holds runs back, and starts them on whatever thread makes room. */
  private final boolean isLimited;

  /** Whose turn it is when no loop is free; any thread raises it. */
  private final AtomicInteger turn = new AtomicInteger();

  AsyncBackend(AsyncOptions options, BackendHost host) {
    this.host = host;
    String name = "baton-" + host.executor();
    this.loops =
        IntStream.rangeClosed(1, options.loops())
            .mapToObj(n -> options.loops() == 1 ? name : name + "-" + n)
            .map(loop -> new Loop(loop, host, roster, carriers))
            .toList();
    this.watchdog =
        new Watchdog(name + "-watchdog", loops, options.slowTask(), options.isStrict(), roster);
    this.blockingCalls = BlockingCalls.on(options.blocking(), host.executor(), carriers);
    this.hook = new LoopHook(host, blockingCalls);
    this.isLimited = options.common().limit() != null;
  }

  @Override
  public boolean ownsQueue() {
    return true;
  }

  @Override
  public boolean lends() {
    return false;
  }

  /** Keeps the submitter's loop with a task that may be started, or started again, elsewhere. */
  @Override
  public void prepare(TaskRun run) {
    if (loops.size() > 1
        && run.attempt() == 1
        && (isLimited || run.options().retries() > 0)
        && host.currentBody() instanceof Runner submitter) {
      run.attach(submitter.loop);
    }
  }

  @Override
  public void start(TaskRun run) {
    loopOf(run).add(run);
  }

  private Loop loopOf(TaskRun run) {
    String key = run.options().key();
    return key == null && run.attachment() instanceof Loop chosen ? chosen : loopFor(key);
  }

  private Loop loopFor(@Nullable String key) {
    if (loops.size() == 1) {
      return loops.getFirst();
    }
    if (key != null) {
      int hash = key.hashCode() * 0x9E3779B9;
      return loops.get(Math.floorMod(hash ^ hash >>> 16, loops.size()));
    }
    return host.currentBody() instanceof Runner runner ? runner.loop : nextInTurn();
  }

  private Loop nextInTurn() {
    int first = Math.floorMod(turn.getAndIncrement(), loops.size());
    for (int i = 0; i < loops.size(); i++) {
      Loop loop = loops.get((first + i) % loops.size());
      if (loop.isFree()) {
        return loop;
      }
    }
    return loops.get(first);
  }

  @Override
  public AwaitHook awaitHook() {
    return hook;
  }

  /** Runs callbacks on the loop of the task that asks for it, and from elsewhere on any. */
  @Override
  public Executor callbacks() {
    return callback -> loopFor(null).add(callback);
  }

  @Override
  public void forEachRun(Consumer<TaskRun> visitor) {
    loops.forEach(loop -> loop.forEachQueued(visitor));
    for (Runner runner : roster.all()) {
      TaskRun run = runner.current();
      if (run != null) {
        visitor.accept(run);
      }
    }
  }

  @Override
  public void close() {
    loops.forEach(Loop::close);
    roster.all().forEach(runner -> Threads.join(runner.thread()));
    blockingCalls.close();
    watchdog.close();
  }

  @Override
  public String status() {
    return watchdog.status();
  }
}
