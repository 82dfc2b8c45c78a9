package dev.baton.verification.loopback;

import dev.baton.Action;
import dev.baton.spi.TaskRun;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a loopback backend is told to do wrong. At first it does nothing wrong. */
public final class Faults {

  /** Where a backend can be held up; at the first two it can also refuse a run by an exception. */
  public enum Moment {
    /** Before a run is encoded, on the thread that submits it. */
    PREPARE,
    /** Before a run is sent to a worker. */
    START,
    /** Before the backend answers a cancel that has reached the worker. */
    CANCEL,
    /** After a run was taken from a lost worker and before it goes back to core. */
    RETURN,
    /** In the worker, after a body is over and before the worker says so. */
    COMPLETE
  }

  private record Place(Moment moment, String task) {}

  private final Map<Place, Action> actions = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable LoopbackBackend> backend = new AtomicReference<>();
  private final AtomicInteger heeded = new AtomicInteger();
  private final AtomicInteger ignored = new AtomicInteger();
  private volatile boolean silentAboutStarts;
  private volatile boolean forgetsStarts;
  private volatile boolean repeats;
  private volatile boolean speaksAfterLoss;
  private volatile @Nullable Throwable brokenFromTheStart;

  /** Makes commands for one backend. */
  public Faults() {}

  /**
   * Does something at a moment in the life of a task: waits for a latch, or throws.
   *
   * @param moment when
   * @param task the task's name
   * @param action what to do
   */
  public void at(Moment moment, String task, Action action) {
    actions.put(new Place(moment, task), action);
  }

  /** Never says that a body has begun, except when it is asked. */
  public void beSilentAboutStarts() {
    silentAboutStarts = true;
  }

  /** Says that a body has begun when it does, and knows nothing of it when it is asked. */
  public void forgetStarts() {
    forgetsStarts = true;
  }

  /** Says twice that a body began and what came of it. */
  public void repeatEverything() {
    repeats = true;
  }

  /** Lets a lost worker say what came of its body all the same. */
  public void speakAfterLoss() {
    speaksAfterLoss = true;
  }

  /**
   * Loses a worker, as if its process had been killed.
   *
   * @param worker the worker's name, as in {@link dev.baton.TaskInfo#worker()}
   */
  public void loseWorker(String worker) {
    backend().lose(worker, "it was killed on command");
  }

  /**
   * Lets the backend break before it is open.
   *
   * @param cause what breaks it
   */
  public void breakWhileOpening(Throwable cause) {
    brokenFromTheStart = cause;
  }

  /**
   * Breaks the whole backend, which then says nothing more of its runs.
   *
   * @param cause what broke it
   */
  public void breakDown(Throwable cause) {
    backend().breakDown(cause);
  }

  /**
   * Counts words of the backend that came too late or twice and that core took to be true.
   *
   * @return the count, which has to be 0
   */
  public int heeded() {
    return heeded.get();
  }

  /**
   * Counts words of the backend that came too late or twice and that core dropped.
   *
   * @return the count
   */
  public int ignored() {
    return ignored.get();
  }

  private LoopbackBackend backend() {
    LoopbackBackend open = backend.get();
    if (open == null) {
      throw new IllegalStateException("No backend was opened with these faults yet.");
    }
    return open;
  }

  void command(LoopbackBackend opened) {
    if (!backend.compareAndSet(null, opened)) {
      throw new IllegalStateException("These faults command another backend already.");
    }
    if (brokenFromTheStart instanceof Throwable cause) {
      opened.breakDown(cause);
    }
  }

  boolean areSilentAboutStarts() {
    return silentAboutStarts;
  }

  boolean haveForgottenStarts() {
    return forgetsStarts;
  }

  boolean repeat() {
    return repeats;
  }

  boolean letTheLostSpeak() {
    return speaksAfterLoss;
  }

  /** Notes what core made of a word that it should drop. */
  void spoke(boolean wasHeeded) {
    (wasHeeded ? heeded : ignored).incrementAndGet();
  }

  void meet(Moment moment, TaskRun run) {
    Action action = actions.get(new Place(moment, run.name()));
    if (action != null) {
      action.run();
    }
  }
}
