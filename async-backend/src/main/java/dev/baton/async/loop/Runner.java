package dev.baton.async.loop;

import dev.baton.spi.TaskRun;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread of a loop. While it holds the baton it runs what is ready; a task that waits
 * keeps its runner, and another one takes the baton.
 *
 * <pre>
 *   runs ──queue is empty, or the next is a task that goes on──▶ spare ──grant──▶ runs
 *     │                                                            └──dismiss──▶ ends
 *     └──enough are spare, or the loop is closed──▶ ends
 * </pre>
 */
final class Runner implements Runnable {

  private static final int NONE = 0;
  private static final int GRANTED = 1;
  private static final int DISMISSED = 2;

  private static final VarHandle RUN;

  static {
    try {
      RUN = MethodHandles.lookup().findVarHandle(Runner.class, "run", TaskRun.class);
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  final Loop loop;

  /** Set before the thread is started and before anybody else knows this runner. */
  private @Nullable Thread thread;

  /**
   * The task on this thread, running or waiting. Written by this thread with release order, before
   * the task is taken out of the ready queue and after it is over: a visitor who looks into the
   * queue first and then here misses none.
   */
  @SuppressWarnings("UnusedVariable") // read and written through RUN
  private @Nullable TaskRun run;

  /** Whether this thread holds the baton; touched by this thread only, as is the one below. */
  boolean holds;

  /**
   * Whether this thread waits on the monitor of this object for the baton that is granted to {@link
   * #lastWait}. Written by this thread under that monitor, and read by who grants, afterwards.
   */
  volatile boolean waitsOnMonitor;

  /** How the task left the baton last; an error may have struck before it came back. */
  @Nullable Suspension lastWait;

  /** What a spare runner is told; written by the holder of the baton. */
  private volatile int told = NONE;

  /** Neighbours in the {@link Roster}; guarded by its lock. */
  @Nullable Runner previous;

  @Nullable Runner next;

  Runner(Loop loop) {
    this.loop = loop;
  }

  void runOn(Thread newThread) {
    thread = newThread;
  }

  Thread thread() {
    return Objects.requireNonNull(thread, "a runner has a thread before it is told of");
  }

  @Override
  public void run() {
    loop.work(this);
  }

  /** Returns the task on this thread, running or waiting, or null. */
  @Nullable TaskRun current() {
    return (TaskRun) RUN.getAcquire(this);
  }

  void begin(TaskRun next) {
    RUN.setRelease(this, next);
  }

  void end() {
    RUN.setRelease(this, null);
  }

  /** Gives the baton to this spare runner. For the holder, who no longer is. */
  void grant() {
    told = GRANTED;
    LockSupport.unpark(thread());
  }

  /** Wakes this thread where it waits on the monitor. */
  synchronized void notifyOnMonitor() {
    notifyAll();
  }

  /** Lets this spare runner end. For the holder. */
  void dismiss() {
    told = DISMISSED;
    LockSupport.unpark(thread());
  }

  /** Parks as a spare runner; returns whether it has the baton now, and else is to end. */
  boolean awaitGrant() {
    int looks = loop.rests.next();
    for (int i = 0; i < looks && told == NONE; i++) {
      Thread.onSpinWait();
    }
    if (looks > 0) {
      loop.rests.tried(told != NONE);
    }
    while (told == NONE) {
      park();
    }
    boolean granted = told == GRANTED;
    told = NONE;
    return granted;
  }

  private void park() {
    try {
      LockSupport.park(loop);
      Thread.interrupted(); // nobody has a reason to interrupt a runner without a task
    } catch (Throwable again) { // such as want of memory: whoever grants counts on this thread
      Thread.onSpinWait();
    }
  }
}
