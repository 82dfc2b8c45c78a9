package dev.baton.internal.executor;

import dev.baton.internal.future.Awaited;
import dev.baton.internal.future.Home;
import dev.baton.internal.future.Occupant;
import dev.baton.internal.task.BorrowedThread;
import dev.baton.internal.task.LoggingContext;
import dev.baton.internal.task.SubmittedTask;
import dev.baton.spi.AwaitHook;
import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a virtual thread that core made for a backend does, and where its occupant is found: as the
 * thread's handler of uncaught exceptions.
 */
final class HostThread implements Runnable, UncaughtExceptionHandler, Occupant.Carrier {

  private static final Logger LOG = LoggerFactory.getLogger(HostThread.class);

  /** What the threads of one executor have in common. */
  static final class Crew implements Occupant {
    final BatonExecutor executor;
    private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

    Crew(BatonExecutor executor) {
      this.executor = executor;
    }

    Thread newThread(String name, Runnable body) {
      HostThread entry = new HostThread(this, name, body);
      Thread thread =
          Thread.ofVirtual().inheritInheritableThreadLocals(false).name(name).unstarted(entry);
      entry.thread = thread;
      thread.setUncaughtExceptionHandler(entry);
      thread.setContextClassLoader(loader);
      return thread;
    }

    @Nullable Runnable currentBody() {
      HostThread here = current();
      return here != null && here.crew == this ? here.body : null;
    }

    /** Does something that is no task, on a thread of this crew or on another. */
    void callBack(Runnable callback) {
      HostThread here = current();
      if (here != null) {
        here.callBack(callback);
      } else {
        callback.run();
      }
    }

    @Override
    public String name() {
      return "a callback of " + executor.name();
    }

    @Override
    public boolean isOf(Home other) {
      return executor == other;
    }

    @Override
    public boolean lendFor(Awaited awaited) {
      return false;
    }

    @Override
    public void resume(Awaited awaited) {
      throw new IllegalStateException("Nothing was lent.");
    }

    @Override
    public AwaitHook awaitHook() {
      return executor.awaitHook();
    }
  }

  private final Crew crew;
  private final String name;
  private final Runnable body;

  /** Whose handler this is: a thread of the user's may be given the same. Set before it starts. */
  private @Nullable Thread thread;

  /** The task that runs here, or the crew between tasks; touched by this thread only. */
  private Occupant occupant;

  private HostThread(Crew crew, String name, Runnable body) {
    this.crew = crew;
    this.name = name;
    this.body = body;
    this.occupant = crew;
  }

  /** Returns what the current thread was made with, or null if core did not make it. */
  static @Nullable HostThread current() {
    Thread thread = Thread.currentThread();
    return thread.isVirtual()
            && thread.getUncaughtExceptionHandler() instanceof HostThread here
            && here.thread == thread
        ? here
        : null;
  }

  @Override
  public Occupant occupant() {
    return occupant;
  }

  @Override
  public void occupy(@Nullable Occupant next) {
    occupant = next == null ? crew : next;
  }

  @Override
  public void run() {
    body.run();
  }

  /** Runs a task and leaves the thread as it was made. */
  void run(SubmittedTask<?> task) {
    occupant = task;
    try {
      task.runHere();
    } finally {
      tidyUp();
    }
  }

  private void callBack(Runnable callback) {
    try {
      callback.run();
    } finally {
      LoggingContext.install(null);
      tidyUp();
    }
  }

  private void tidyUp() {
    occupant = crew;
    Thread thread = Thread.currentThread();
    BorrowedThread.restore(thread, crew.loader, name);
    if (thread.getUncaughtExceptionHandler() != this) {
      thread.setUncaughtExceptionHandler(this); // a task put another in its place
    }
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    LOG.error("Thread {} of executor {} died", thread, crew.executor.name(), failure);
  }
}
