package dev.baton.spi;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How a body waits: every wait on a Baton type, and the methods of {@link dev.baton.Await}, come
 * here. An event loop lets its other tasks run meanwhile.
 */
public interface AwaitHook {

  /** Waits by blocking the thread. */
  AwaitHook BLOCKING =
      new AwaitHook() {
        // For how long a thread looks before it parks; a wake-up takes about three times that.
        private static final long LOOK_NANOS = 20_000;

        @Override
        public void await(Condition condition, boolean timed, long deadline)
            throws InterruptedException {
          if (comesSoon(condition, timed, deadline)) {
            return;
          }
          Thread waiter = Thread.currentThread();
          Runnable detach = condition.onMet(() -> LockSupport.unpark(waiter));
          try {
            while (!condition.isMet()) {
              if (condition.help()) {
                continue;
              }
              if (Thread.interrupted()) {
                throw new InterruptedException();
              }
              long left = timed ? deadline - System.nanoTime() : Long.MAX_VALUE;
              if (left <= 0) {
                return;
              }
              LockSupport.parkNanos(condition, left);
            }
          } finally {
            detach.run();
          }
        }

        // Looks for a short time whether the end comes, with others going first: to park and to be
        // woken takes several times as long as a short task, and costs the one that wakes us too.
        @SuppressWarnings("ThreadPriorityCheck") // the bound is below
        private boolean comesSoon(Condition condition, boolean timed, long deadline) {
          // For a virtual thread it costs little to park, and a spin would hold its carrier.
          if (Thread.currentThread().isVirtual() || !condition.isWorthALook()) {
            return condition.isMet();
          }
          long now = System.nanoTime();
          long latest = now + LOOK_NANOS;
          if (timed && deadline - latest < 0) {
            latest = deadline;
          }
          while (!condition.isMet()) {
            if (System.nanoTime() - latest >= 0 || Thread.currentThread().isInterrupted()) {
              return false;
            }
            if (!condition.help()) {
              Thread.yield();
            }
          }
          return true;
        }

        @Override
        public <T extends @Nullable Object> T blocking(Callable<T> call) throws Exception {
          return call.call();
        }

        @Override
        @SuppressWarnings("ThreadPriorityCheck") // to let others run is what was asked for
        public void sleep(long nanos) throws InterruptedException {
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          if (nanos > 0) {
            TimeUnit.NANOSECONDS.sleep(nanos);
          } else {
            Thread.yield();
          }
        }
      };

  /** What is waited for. */
  interface Condition {

    /**
     * Tells whether it has come about; once it has, it stays so.
     *
     * @return whether the wait is over
     */
    boolean isMet();

    /**
     * Tells whether it may come about within microseconds, so that a thread does well to look for a
     * moment before it blocks. Who waits for the first of a thousand tasks does not: all the while
     * it would find the next one just about done, and take processor time from the others.
     *
     * @return whether it is worth looking; by default it is
     */
    default boolean isWorthALook() {
      return true;
    }

    /**
     * Gives the thread that is about to wait the chance to bring the end about, such as decoding a
     * result that has arrived. A hook calls it before each time that it blocks.
     *
     * @return whether it did anything, so that it is worth looking again
     */
    default boolean help() {
      return false;
    }

    /**
     * Registers a wake-up call.
     *
     * @param wake is run when the condition is met, at once if it is already, possibly more than
     *     once; it must not block
     * @return takes the registration back
     */
    Runnable onMet(Runnable wake);
  }

  /**
   * Waits until a condition is met or a time has come.
   *
   * @param condition what is waited for
   * @param timed whether there is a deadline
   * @param deadline the time as of {@link System#nanoTime()}
   * @throws InterruptedException if the body is interrupted
   */
  void await(Condition condition, boolean timed, long deadline) throws InterruptedException;

  /**
   * Makes a call that may block.
   *
   * @param call the call
   * @param <T> the type of its result
   * @return what the call returns
   * @throws Exception what the call throws
   */
  <T extends @Nullable Object> T blocking(Callable<T> call) throws Exception;

  /**
   * Waits for a time.
   *
   * @param nanos how long; zero lets others run
   * @throws InterruptedException if the body is interrupted
   */
  void sleep(long nanos) throws InterruptedException;
}
