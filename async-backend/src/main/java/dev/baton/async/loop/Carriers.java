package dev.baton.async.loop;

import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that carry virtual threads, on a JDK where one that parks inside {@code synchronized}
 * keeps its carrier. If all are kept so by tasks that wait, nobody is left to run what they wait
 * for. Then they are asked to wait on a monitor in place of parking: for that the JDK starts
 * another carrier meanwhile, up to {@code jdk.virtualThreadScheduler.maxPoolSize}.
 */
final class Carriers {

  private static final Logger LOG = LoggerFactory.getLogger(Carriers.class);

  /** Since release 24 of the JDK a thread inside a monitor lets go of its carrier. */
  static final boolean CAN_BE_KEPT = Runtime.version().feature() < 24;

  private final Roster roster;

  /**
   * Whether threads that wait should do so on a monitor. Set by the watchdog before it wakes them,
   * cleared by the first virtual thread that finds a carrier.
   */
  private volatile boolean areScarce;

  Carriers(Roster roster) {
    this.roster = roster;
  }

  boolean areScarce() {
    return CAN_BE_KEPT && areScarce;
  }

  /** Tells whether a virtual thread that could run waits for a carrier: new, woken or yielding. */
  static boolean isWaitedForBy(Thread thread) {
    if (thread.getState() != Thread.State.RUNNABLE) {
      return false;
    }
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length == 0 || isLettingGo(stack[0]);
  }

  private static boolean isLettingGo(StackTraceElement top) {
    return top.getClassName().equals("java.lang.VirtualThread")
        && (top.getMethodName().startsWith("park") || top.getMethodName().equals("tryYield"));
  }

  /**
   * Lets all who wait look up, of which those run at once that have kept their carrier. The thread
   * that says that there are carriers again is started before, and so is in front of the others.
   */
  void release(String loop) {
    LOG.warn(
        "Loop {} stands still: it seems that tasks which wait inside synchronized keep all carriers"
            + " of virtual threads. More are started; a ReentrantLock, or JDK 24, needs none",
        loop);
    areScarce = true;
    Thread.ofVirtual().start(() -> areScarce = false);
    roster.all().forEach(runner -> LockSupport.unpark(runner.thread()));
  }
}
