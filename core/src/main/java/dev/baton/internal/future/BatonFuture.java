package dev.baton.internal.future;

import dev.baton.CancelMode;
import dev.baton.TaskFuture;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A future whose end is one field, decided by one compare-and-set.
 *
 * <pre>
 *   end:        null (open) ──▶ a value | End.NULL | End.Failed | End.Cancelled      once
 *   callbacks:  null (nobody) ◀──▶ entries ──▶ DRAINING (one thread calls back) ◀──▶ entries above it
 *                                                  └──▶ null
 * </pre>
 *
 * <p>The thread that wins the compare-and-set first rings all {@linkplain Callback.Alarm alarms},
 * so that waiting threads never wait for callbacks. Then it, or a thread it names, drains the
 * callbacks: first in first out, one at a time, whoever adds more meanwhile.
 *
 * @param <T> the type of the result
 */
public abstract class BatonFuture<T extends @Nullable Object> extends Stages<T> implements Awaited {

  private static final Logger LOG = LoggerFactory.getLogger(BatonFuture.class);

  private static final VarHandle END;
  private static final VarHandle CALLBACKS;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      END = lookup.findVarHandle(BatonFuture.class, "end", Object.class);
      CALLBACKS = lookup.findVarHandle(BatonFuture.class, "callbacks", Callback.class);
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  /** The lowest entry while a thread drains. It is never fired. */
  private static final Callback DRAINING =
      new Callback() {
        @Override
        @Nullable BatonFuture<?> fire() {
          return null;
        }
      };

  /**
   * Null until the one compare-and-set in {@link #settle}. Who reads it non-null sees all that its
   * writer did before.
   */
  private volatile @Nullable Object end;

  /** The head of the list of callbacks; changed by compare-and-set only. */
  private volatile @Nullable Callback callbacks;

  /** The executor that this future belongs to. */
  protected abstract Home home();

  /** The id of the task that this future is of or depends on; 0 if there is none. */
  protected abstract long id();

  /** The name that its options gave it, or null. */
  protected abstract @Nullable String givenName();

  /** Returns the name under which a task appears in messages. */
  protected static String nameOf(long id, @Nullable String givenName) {
    return givenName != null ? givenName : "task-" + id;
  }

  /** Says in the message of an {@link ExecutionException} what failed and where. */
  protected String failureMessage(Throwable cause) {
    return cause.toString();
  }

  /** Returns the end, or null while there is none. */
  protected final @Nullable Object end() {
    return end;
  }

  /**
   * Decides the end, unless it is decided, and wakes those who wait. The winner has to see to it
   * that {@link #drain} is called, here or elsewhere.
   *
   * @return whether this call decided it
   */
  protected final boolean settle(Object newEnd) {
    if (end != null || !END.compareAndSet(this, null, newEnd)) {
      return false;
    }
    wake();
    return true;
  }

  /** Rings the alarms. */
  protected final void wake() {
    ring(callbacks);
  }

  private static void ring(@Nullable Callback head) {
    for (Callback c = head; c != null; c = c.next) {
      if (c instanceof Callback.Alarm alarm) {
        ring(alarm);
      }
    }
  }

  /** Rings one; whatever goes wrong in it, such as a want of memory, the others ring. */
  private static void ring(Callback.Alarm alarm) {
    try {
      alarm.ring();
    } catch (Throwable failure) {
      LOG.error("An alarm in a future's list threw", failure);
    }
  }

  /** Calls back on this thread. */
  protected final void drain() {
    if (!hasCallbacks()) {
      dropAlarms();
    } else if (!tellsOnlyFollower()) {
      drain(this);
    }
  }

  /**
   * Tells a follower that is all there is, without the right to drain: it calls none of this
   * future's users back, so another thread may do so meanwhile if one is added.
   */
  private boolean tellsOnlyFollower() {
    Callback head = callbacks;
    if (!(head instanceof Follower)
        || head.next != null
        || !CALLBACKS.compareAndSet(this, head, null)) {
      return false;
    }
    fire(head);
    return true;
  }

  /**
   * Tells whether anybody is to be called back by a thread that may be held up. A follower that is
   * all there is, and is brief, is told here.
   */
  protected final boolean leavesCallbacks() {
    boolean isTold =
        callbacks instanceof Follower follower && follower.isBrief() && tellsOnlyFollower();
    return !isTold && hasCallbacks();
  }

  /**
   * Empties the list of a future that is done if nobody is to be called back.
   *
   * @return what was in it; all of it has rung if this is the thread that rang the alarms
   */
  private @Nullable Callback dropAlarms() {
    Callback head = callbacks;
    return head != null && !hasCallbacks() && CALLBACKS.compareAndSet(this, head, null)
        ? head
        : null;
  }

  /** Calls back on a thread of the home's choice, if there is anybody to call back. */
  protected final void drainElsewhere() {
    if (hasCallbacks()) {
      home().callbacks().execute(() -> drain(this));
    } else {
      dropAlarms();
    }
  }

  /** Tells whether anybody is to be called back. */
  protected final boolean hasCallbacks() {
    for (Callback c = callbacks; c != null; c = c.next) {
      if (!(c instanceof Callback.Alarm)) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether a group follows this future, which is not done. */
  public final boolean isFollowed() {
    for (Callback c = callbacks; c != null; c = c.next) {
      if (c instanceof Follower) {
        return true;
      }
    }
    return false;
  }

  /**
   * Drains one future and, depth first, the dependents that get done by it. The stack of batches is
   * a list and not the thread's own, so that a chain of any length can be drained.
   */
  private static void drain(BatonFuture<?> first) {
    Batch batch = Batch.begin(first, null);
    while (batch != null) {
      Callback callback = batch.next();
      if (callback == null) {
        batch = batch.outer;
        continue;
      }
      BatonFuture<?> done = fire(callback);
      Batch inner = done == null ? null : Batch.begin(done, batch);
      if (inner != null) {
        batch = inner;
      }
    }
  }

  /** Fires an entry; whatever goes wrong in it, the others have their turn. */
  private static @Nullable BatonFuture<?> fire(Callback callback) {
    try {
      return callback.fire();
    } catch (Throwable failure) {
      LOG.error("An entry in a future's list threw", failure);
      return null;
    }
  }

  /** The right to drain one future, and what is left of the entries taken from it. */
  private static final class Batch {
    private final BatonFuture<?> future;

    /** What is drained further when this is done. */
    private final @Nullable Batch outer;

    /** The oldest entry, and those that came after it; mostly there is one. */
    private @Nullable Callback oldest;

    private @Nullable Deque<Callback> others;

    private Batch(BatonFuture<?> future, @Nullable Batch outer) {
      this.future = future;
      this.outer = outer;
    }

    /** Takes the right and the entries; null if there are none or another thread has the right. */
    static @Nullable Batch begin(BatonFuture<?> future, @Nullable Batch outer) {
      for (; ; ) {
        Callback head = future.callbacks;
        if (head == null || isDraining(head)) {
          return null;
        }
        if (CALLBACKS.compareAndSet(future, head, DRAINING)) {
          Batch batch = new Batch(future, outer);
          batch.take(head);
          return batch;
        }
      }
    }

    private static boolean isDraining(Callback head) {
      for (Callback c = head; c != null; c = c.next) {
        if (c == DRAINING) {
          return true;
        }
      }
      return false;
    }

    private void take(Callback head) {
      for (Callback c = head; c != null && c != DRAINING; c = c.next) {
        if (oldest != null) {
          others = others == null ? new ArrayDeque<>() : others;
          others.push(oldest);
        }
        oldest = c;
      }
    }

    private @Nullable Callback poll() {
      Callback next = oldest;
      oldest = others == null ? null : others.poll();
      return next;
    }

    /** Returns the oldest entry; null when there are no more, and the right has been given up. */
    @Nullable Callback next() {
      for (; ; ) {
        Callback next = poll();
        if (next != null) {
          return next;
        }
        Callback head =
            Objects.requireNonNull(future.callbacks, "only the drainer clears the list");
        Callback rest = head == DRAINING ? null : DRAINING;
        if (CALLBACKS.compareAndSet(future, head, rest)) {
          if (rest == null) {
            return null;
          }
          take(head);
        }
      }
    }
  }

  /** Adds an entry. Who adds one has to look afterwards whether the future is done. */
  final void push(Callback callback) {
    for (; ; ) {
      Callback head = callbacks;
      callback.putAbove(head);
      if (CALLBACKS.compareAndSet(this, head, callback)) {
        return;
      }
    }
  }

  /** Adds an entry that is fired in its turn, or now if the future is done and nobody drains. */
  final void pushAndDrain(Callback callback) {
    push(callback);
    if (end != null) {
      drain(this);
    }
  }

  /** Has an entry told of the end in its turn, or now if the future is done and nobody drains. */
  public final void follow(Follower follower) {
    pushAndDrain(follower);
  }

  /** Adds an alarm that rings at the end, or now. */
  final void alarm(Callback.Alarm alarm) {
    if (end == null) {
      push(alarm);
    }
    if (end != null) {
      alarm.ring();
      ring(dropAlarms()); // the thread that settles may come too late to find them
    }
  }

  /**
   * Is told that an entry has died. Dead ones are taken out when they are many among those in the
   * list, so that each costs a constant, and a long-lived future does not collect those who waited
   * for it in vain. Threads that do this at once may leave a dead entry in; none takes a live one
   * out, because entries are added at the head only.
   */
  final void unlink() {
    Callback head = callbacks;
    while (head != null && head != DRAINING && head.isDead()) {
      CALLBACKS.compareAndSet(this, head, head.next);
      head = callbacks;
    }
    if (head == null || head == DRAINING || !head.countDead()) {
      return;
    }
    int live = 0;
    for (Callback c = head; c != null && c != DRAINING; c = c.next) {
      live++;
      Callback below = c.next;
      while (below != null && below != DRAINING && below.isDead()) {
        below = below.next;
      }
      c.next = below;
    }
    head.recount(live);
  }

  @Override
  public final boolean isDone() {
    return end != null;
  }

  @Override
  public final boolean isCancelled() {
    return end instanceof End.Cancelled;
  }

  @Override
  public final State state() {
    Object e = end;
    if (e == null) {
      return State.RUNNING;
    }
    return e instanceof End.Failed
        ? State.FAILED
        : e instanceof End.Cancelled ? State.CANCELLED : State.SUCCESS;
  }

  /** Says in a few words how this future stands. */
  protected final String describeEnd() {
    return end instanceof End.Failed failed
        ? "failed with " + failed.cause()
        : end == null ? "not done" : isCancelled() ? "cancelled" : "succeeded";
  }

  @Override
  public final T get() throws InterruptedException, ExecutionException {
    Object e = end;
    return resultForGet(e != null ? e : Objects.requireNonNull(await(false, 0)));
  }

  @Override
  public final T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return resultForGet(awaitFor(unit.toNanos(timeout)));
  }

  @Override
  public final T get(Duration timeout)
      throws InterruptedException, ExecutionException, TimeoutException {
    return resultForGet(awaitFor(Nanos.of(timeout)));
  }

  @Override
  public final T join() {
    Object e = end;
    boolean interrupted = false;
    while (e == null) {
      try {
        e = await(false, 0);
      } catch (InterruptedException goOn) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return resultForJoin(e);
  }

  @Override
  public final T getNow(T valueIfAbsent) {
    Object e = end;
    return e == null ? valueIfAbsent : resultForJoin(e);
  }

  @Override
  public final T resultNow() {
    Object e = end;
    if (e == null || !End.isValue(e)) {
      throw new IllegalStateException("There is no result: " + this);
    }
    return cast(e);
  }

  @Override
  public final Throwable exceptionNow() {
    if (end instanceof End.Failed failed) {
      return failed.cause();
    }
    throw new IllegalStateException("There is no exception: " + this);
  }

  @Override
  public final @Nullable Throwable exception(Duration timeout)
      throws InterruptedException, TimeoutException {
    Object e = awaitFor(Nanos.of(timeout));
    if (e instanceof End.Cancelled cancelled) {
      throw cancelled.exception();
    }
    return e instanceof End.Failed failed ? failed.cause() : null;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // only results of this future's type are settled
  private T cast(Object e) {
    return (T) End.value(e);
  }

  private T resultForGet(Object e) throws ExecutionException {
    if (e instanceof End.Failed failed) {
      throw new ExecutionException(failureMessage(failed.cause()), failed.cause());
    }
    return resultUnlessCancelled(e);
  }

  private T resultForJoin(Object e) {
    if (e instanceof End.Failed failed) {
      throw new CompletionException(failureMessage(failed.cause()), failed.cause());
    }
    return resultUnlessCancelled(e);
  }

  private T resultUnlessCancelled(Object e) {
    if (e instanceof End.Cancelled cancelled) {
      throw cancelled.exception();
    }
    return cast(e);
  }

  private Object awaitFor(long nanos) throws InterruptedException, TimeoutException {
    Object e = end;
    if (e == null && nanos > 0) {
      e = await(true, System.nanoTime() + nanos);
    }
    if (e == null) {
      throw new TimeoutException(
          "Not done within " + Duration.ofNanos(Math.max(0, nanos)) + ": " + this);
    }
    return e;
  }

  /** Waits until there is an end, which it returns, or until the deadline, when it returns null. */
  private @Nullable Object await(boolean timed, long deadline) throws InterruptedException {
    Waits.await(this, timed, deadline);
    return end;
  }

  @Override
  public final boolean isMet() {
    return end != null;
  }

  @Override
  public final boolean isWorthALook() {
    return home().isWorthALook(id());
  }

  @Override
  public final Runnable onMet(Runnable wake) {
    Ring ring = new Ring(wake);
    alarm(ring);
    return () -> {
      ring.wake = null;
      unlink();
    };
  }

  @Override
  public boolean involves(Home other) {
    return home() == other;
  }

  /** An alarm that runs a wake-up call. */
  private static final class Ring extends Callback.Alarm {
    /** Null when the registration was taken back. */
    volatile @Nullable Runnable wake;

    Ring(Runnable wake) {
      this.wake = wake;
    }

    @Override
    void ring() {
      Runnable w = wake;
      if (w != null) {
        w.run();
      }
    }

    @Override
    boolean isDead() {
      return wake == null;
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return cancel(mayInterruptIfRunning ? CancelMode.INTERRUPT : CancelMode.ABANDON);
  }

  @Override
  public final TaskFuture<T> onDone(Consumer<? super TaskFuture<T>> callback) {
    Objects.requireNonNull(callback, "callback");
    pushAndDrain(new DoneCallback<>(this, null, callback));
    return this;
  }

  @Override
  public final TaskFuture<T> onDone(Executor executor, Consumer<? super TaskFuture<T>> callback) {
    Objects.requireNonNull(executor, "executor");
    Objects.requireNonNull(callback, "callback");
    pushAndDrain(new DoneCallback<>(this, executor, callback));
    return this;
  }

  @Override
  public final CompletableFuture<T> toCompletableFuture() {
    CompletableFuture<T> copy =
        new CompletableFuture<>() {
          @Override
          public boolean cancel(boolean mayInterruptIfRunning) {
            BatonFuture.this.cancel(mayInterruptIfRunning);
            return super.cancel(mayInterruptIfRunning);
          }
        };
    pushAndDrain(
        new Callback() {
          @Override
          @Nullable BatonFuture<?> fire() {
            copyEnd(copy);
            return null;
          }
        });
    return copy;
  }

  private void copyEnd(CompletableFuture<T> copy) {
    Object e = Objects.requireNonNull(end);
    Throwable failure = End.failure(e);
    if (failure == null) {
      copy.complete(cast(e));
    } else {
      copy.completeExceptionally(failure);
    }
  }
}
