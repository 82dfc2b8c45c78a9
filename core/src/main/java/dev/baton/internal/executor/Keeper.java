package dev.baton.internal.executor;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the JVM alive while any executor has unfinished tasks, with one thread that is not a
 * daemon.
 *
 * <p>It looks every 40 ms whether there is still something to stay for, and goes when there is not,
 * so that an idle executor delays the exit by less than 100 ms. Looking costs less than telling it
 * of every task, which is why it looks.
 */
final class Keeper {

  private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(40);

  /** The executors that it stays for. */
  private static final Set<Lifecycle> BUSY = ConcurrentHashMap.newKeySet();

  /** Whether the thread runs or is about to; guarded by the class. */
  private static boolean present;

  private Keeper() {}

  /** Stays for an executor until that is idle. */
  static void stayFor(Lifecycle executor) {
    BUSY.add(executor);
    synchronized (Keeper.class) {
      if (!present) {
        Thread.ofPlatform()
            .name("baton-keeper")
            .daemon(false)
            .inheritInheritableThreadLocals(false)
            .start(Keeper::stay);
        present = true;
      }
    }
  }

  private static void stay() {
    do {
      LockSupport.parkNanos(PERIOD);
      BUSY.forEach(Keeper::letGoIfIdle);
    } while (!mayGo());
  }

  /** Forgets an idle executor before it looks again, so that a task submitted meanwhile is seen. */
  private static void letGoIfIdle(Lifecycle executor) {
    if (executor.isIdle()) {
      BUSY.remove(executor);
      executor.letGo();
    }
  }

  /** An executor is added before the flag is read, so none is left without a keeper. */
  private static boolean mayGo() {
    synchronized (Keeper.class) {
      present = !BUSY.isEmpty();
      return !present;
    }
  }
}
