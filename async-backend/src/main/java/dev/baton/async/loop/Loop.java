package dev.baton.async.loop;

import dev.baton.spi.BackendHost;
import dev.baton.spi.TaskRun;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop: a queue of what is ready, and one baton. Whoever holds the baton may take from
 * the queue and run tasks, nobody else.
 *
 * <pre>
 *   FREE ──who adds to the queue, by compare-and-set──▶ HELD ──passed on, any number of times──▶ HELD
 *     ▲                                                   │
 *     └──────────────the queue is empty───────────────────┘
 * </pre>
 *
 * <p>Who adds, and is not the holder, looks at the baton afterwards; who frees the baton looks at
 * the queue afterwards: one of the two sees the other, so nothing stays in the queue of a free
 * loop.
 */
final class Loop {

  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

  private static final int FREE = 0;
  private static final int HELD = 1;

  /** So many runners are kept for later. */
  private static final int MOST_SPARE = 64;

  /** For how long the holder of the baton looks for more before it frees it. */
  private static final long LOOK_NANOS = 20_000;

  private static final int LOOKS_BETWEEN_YIELDS = 32;

  /** Timers further off count as so far, so that any two of them can be compared. */
  private static final long FARTHEST_NANOS = Long.MAX_VALUE / 2;

  private static final VarHandle BATON;
  private static final VarHandle TURNS;
  private static final VarHandle HOLDER;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      BATON = lookup.findVarHandle(Loop.class, "baton", int.class);
      TURNS = lookup.findVarHandle(Loop.class, "turns", long.class);
      HOLDER = lookup.findVarHandle(Loop.class, "holder", Runner.class);
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  private final String name;
  private final BackendHost host;
  private final Roster roster;
  private final Carriers carriers;
  private final ReadyQueue ready = new ReadyQueue();
  private final Alarm alarm;

  /** How often those look for the baton who wait for a condition, and the spare runners. */
  final Looks waits = new Looks();

  final Looks rests = new Looks();

  /** Whether anybody holds the baton, as above. */
  private volatile int baton = FREE;

  /** Runners without a task; for the holder of the baton only, as are the timers. */
  private final Deque<Runner> spares = new ArrayDeque<>(MOST_SPARE + 1); // never needs to grow

  private final Timers timers = new Timers();

  /** When a task last let its carrier go in {@link #letOthersGo}; for the holder only. */
  private long carrierLetGo = System.nanoTime();

  /** Whether runners are to end as soon as there is nothing to do; for the holder only. */
  private boolean closed;

  /** Is told that somebody has taken the baton of a free loop; set before the first task. */
  private Runnable onBusy = () -> {};

  /** Counts what the holders do, for the watchdog; written by the holder, without order. */
  private long turns;

  /** Who holds the baton, or held it last, for the watchdog; written by the holder. */
  @SuppressWarnings("UnusedVariable") // read and written through HOLDER
  private @Nullable Runner holder;

  Loop(String name, BackendHost host, Roster roster, Carriers carriers) {
    this.name = name;
    this.host = host;
    this.roster = roster;
    this.carriers = carriers;
    this.alarm = new Alarm(name, () -> add((Runnable) this::wakeDue));
  }

  String name() {
    return name;
  }

  Carriers carriers() {
    return carriers;
  }

  /** Says who is to be told when a free loop becomes busy. To be called before the first task. */
  void onBusy(Runnable listener) {
    onBusy = listener;
  }

  /** Adds a task, a callback or a task that goes on, and sees to it that somebody takes it. */
  void add(Object item) {
    if (host.currentBody() instanceof Runner me && me.loop == this && me.holds) {
      ready.addOwn(item);
    } else {
      ready.add(item);
      pickUpBaton();
    }
  }

  private void pickUpBaton() {
    if (baton == FREE && BATON.compareAndSet(this, FREE, HELD)) {
      onBusy.run();
      passOn();
    }
  }

  /** Gives the baton to whoever is next, or frees it. For the holder, who no longer is. */
  private void passOn() {
    for (; ; ) {
      Object next = ready.peek();
      if (next instanceof Suspension wait) {
        ready.drop();
        if (wait.isAbandoned) {
          continue;
        }
        passTo(wait);
        return;
      }
      if (next != null) {
        passToRunner();
        return;
      }
      baton = FREE;
      if (ready.isSharedEmpty() || !BATON.compareAndSet(this, FREE, HELD)) {
        return;
      }
      onBusy.run();
    }
  }

  private void passTo(Suspension wait) {
    noteTurn(wait.runner);
    wait.grant();
  }

  private void passToRunner() {
    Runner spare = spares.pollLast();
    if (spare != null) {
      noteTurn(spare);
      spare.grant();
      return;
    }
    try {
      startRunner();
    } catch (Throwable noThread) {
      baton = FREE;
      host.broken(noThread);
    }
  }

  private void startRunner() {
    Runner fresh = new Runner(this);
    fresh.runOn(host.newThread(name, fresh));
    noteTurn(fresh);
    roster.add(fresh);
    try {
      fresh.thread().start();
    } catch (Throwable noThread) {
      roster.remove(fresh);
      throw noThread;
    }
  }

  private void noteTurn(Runner next) {
    HOLDER.setOpaque(this, next);
    TURNS.setOpaque(this, turns + 1);
  }

  /**
   * Runs what is ready on a runner's thread, which has the baton, until there is nothing to do. If
   * an error ends that, the loop goes on on another thread.
   */
  void work(Runner me) {
    try {
      do {
        me.holds = true;
        do {
          while (runNext(me)) {
            TURNS.setOpaque(this, turns + 1);
          }
        } while (moreComesSoon());
        me.holds = false;
      } while (rest(me));
    } finally {
      try {
        giveUp(me);
      } finally {
        roster.remove(me);
      }
    }
  }

  /** Passes the baton on if an error ends its holder's thread. */
  private void giveUp(Runner me) {
    if (me.holds) {
      me.holds = false;
      passOn();
    }
  }

  /** Runs the next task or callback; returns false if the next is none. */
  private boolean runNext(Runner me) {
    Object next = ready.peek();
    if (next instanceof TaskRun run) {
      runTask(me, run);
      return true;
    }
    if (next == null || next instanceof Suspension) {
      return false;
    }
    runCallback(me, (Runnable) next);
    return true;
  }

  private void runTask(Runner me, TaskRun run) {
    me.begin(run);
    ready.drop();
    try {
      run.run();
    } catch (Throwable ours) {
      LOG.error("Loop {} could not finish {}", name, run, ours);
    } finally {
      me.end();
      holdAgain(me);
    }
  }

  private void runCallback(Runner me, Runnable callback) {
    ready.drop();
    try {
      callback.run();
    } catch (Throwable ours) {
      LOG.error("A callback on loop {} threw", name, ours);
    } finally {
      holdAgain(me);
    }
  }

  /**
   * Sees to it that a runner has the baton after what it ran, which an error may have left without.
   */
  private void holdAgain(Runner me) {
    if (!me.holds) {
      regain(me);
    }
  }

  /**
   * Looks for a short time whether something comes, with other virtual threads going first: to be
   * woken costs many times what a short task does, and it costs the one who wakes us.
   */
  @SuppressWarnings("ThreadPriorityCheck") // the bound is below
  private boolean moreComesSoon() {
    if (!ready.isEmpty() || closed) {
      return false;
    }
    long end = System.nanoTime() + LOOK_NANOS;
    do {
      for (int i = 0; i < LOOKS_BETWEEN_YIELDS; i++) {
        if (!ready.isEmpty()) {
          return true;
        }
        Thread.onSpinWait();
      }
      Thread.yield();
    } while (System.nanoTime() - end < 0);
    return false;
  }

  /** Passes the baton on and waits for it, as a spare; returns false if the runner is to end. */
  private boolean rest(Runner me) {
    boolean stays = !closed && spares.size() < MOST_SPARE;
    if (stays) {
      spares.addLast(me);
    }
    try {
      passOn();
    } catch (Throwable ours) {
      complain(ours);
    }
    return stays && me.awaitGrant(); // whatever happened: it is among the spares
  }

  private void complain(Throwable ours) {
    try {
      LOG.error("A runner of loop {} could not wake the next one", name, ours);
    } catch (Throwable noLog) {
      // such as no memory, for which there is no other place either: a spare runner must not end
    }
  }

  /** Waits until something queues this for the baton, and then for the baton. For the holder. */
  boolean suspend(Suspension wait) {
    leave(wait);
    lookFor(wait);
    return goOn(wait);
  }

  /** Waits in the same way, but at most until a time. */
  boolean suspendUntil(Suspension wait, long deadline) {
    setAlarm(wait, deadline);
    boolean interrupted = suspend(wait);
    timers.remove(wait);
    return interrupted;
  }

  /** Waits until a time. */
  boolean sleepUntil(Suspension wait, long deadline) {
    setAlarm(wait, deadline);
    leave(wait);
    boolean interrupted = goOn(wait);
    timers.remove(wait);
    return interrupted;
  }

  private void setAlarm(Suspension wait, long deadline) {
    long now = System.nanoTime();
    wait.deadline = now + Math.min(deadline - now, FARTHEST_NANOS);
    try {
      if (timers.add(wait)) {
        alarm.set(wait.deadline);
      }
    } catch (Throwable noAlarm) {
      abandon(wait);
      throw noAlarm;
    }
  }

  /**
   * Forgets a wait that an error ended before {@link #leave}: nobody will be there to take the
   * baton, even if a condition or a timer queues for it. For the holder.
   */
  void abandon(Suspension wait) {
    timers.remove(wait);
    wait.isAbandoned = true;
  }

  /** Looks for a short time, where that pays, whether the wait is over before its thread parks. */
  private void lookFor(Suspension wait) {
    int looks = waits.next();
    if (looks > 0) {
      waits.tried(wait.isGrantedWithin(looks));
    }
  }

  /** Lets those go first that are ready now. For the holder. */
  boolean letOthersGo(Suspension wait) {
    if (ready.isEmpty()) {
      TURNS.setOpaque(this, turns + 1); // it holds up nobody
      letCarrierGo();
      return false;
    }
    wait.run();
    return suspend(wait);
  }

  /**
   * Lets other virtual threads go first, the alarm among them, which may have one carrier with us;
   * but not each time, since that costs ten times what there is to do here.
   */
  @SuppressWarnings("ThreadPriorityCheck") // nothing depends on it where there are carriers enough
  private void letCarrierGo() {
    long now = System.nanoTime();
    if (now - carrierLetGo > LOOK_NANOS) {
      carrierLetGo = now;
      Thread.yield();
    }
  }

  /**
   * Passes the baton on while its holder waits, or goes on with something that may block.
   *
   * @param back brings the holder back
   */
  void leave(Suspension back) {
    Runner me = back.runner;
    me.lastWait = back;
    me.holds = false;
    passOn();
  }

  /** Queues for the baton after {@link #leave}, and waits for it. */
  boolean comeBack(Suspension wait) {
    wait.run();
    return goOn(wait);
  }

  private static boolean goOn(Suspension wait) {
    boolean interrupted = wait.awaitGrant();
    wait.runner.holds = true;
    return interrupted;
  }

  /** Gets the baton back where an error, such as a full stack, threw a body out of its wait. */
  private void regain(Runner me) {
    Suspension thrownOutOf = Objects.requireNonNull(me.lastWait, "who has no baton has waited");
    thrownOutOf.run();
    while (!isGoingOn(thrownOutOf)) {
      Thread.onSpinWait();
    }
    timers.remove(thrownOutOf);
  }

  /** Waits for the baton; returns false if an error ends that too. An interrupt comes too late. */
  private static boolean isGoingOn(Suspension wait) {
    try {
      goOn(wait);
    } catch (Throwable again) { // such as want of memory, where the thread cannot end
      return false;
    }
    return true;
  }

  /** Queues those whose time has come. */
  private void wakeDue() {
    long now = System.nanoTime();
    try {
      for (Suspension due; (due = timers.pollDue(now)) != null; ) {
        due.run();
      }
    } finally {
      Suspension next = timers.first();
      if (next != null) {
        alarm.set(next.deadline);
      }
    }
  }

  /** Tells whether nobody has anything to do here just now. */
  boolean isFree() {
    return baton == FREE;
  }

  /** Returns how often the holder of the baton has begun something new. */
  long turns() {
    return (long) TURNS.getOpaque(this);
  }

  /** Returns who holds the baton, or held it last. */
  @Nullable Runner holder() {
    return (Runner) HOLDER.getOpaque(this);
  }

  /** Visits the tasks that are queued and have not begun. */
  void forEachQueued(Consumer<TaskRun> visitor) {
    ready.forEach(
        item -> {
          if (item instanceof TaskRun run) {
            visitor.accept(run);
          }
        });
  }

  /** Lets all runners end that have nothing to do, now and later. Waits for the alarm's end. */
  void close() {
    add((Runnable) this::dismissSpares);
    alarm.close();
  }

  private void dismissSpares() {
    closed = true;
    spares.forEach(Runner::dismiss);
    spares.clear();
  }

  @Override
  public String toString() {
    Runner last = isFree() ? null : holder();
    TaskRun run = last == null ? null : last.current();
    return name + (last == null ? ": idle" : run == null ? ": busy" : ": runs " + run.name());
  }
}
