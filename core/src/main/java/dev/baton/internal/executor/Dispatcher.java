package dev.baton.internal.executor;

import dev.baton.CancelMode;
import dev.baton.Capabilities;
import dev.baton.ShutdownMode;
import dev.baton.internal.task.SubmittedTask;
import dev.baton.spi.AwaitHook;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds tasks back, first in first out, until the engine below has credit for them and the
 * executor's limit leaves room.
 */
final class Dispatcher implements Engine {

  /** As many as anyone will ever ask for. */
  static final int UNLIMITED = Integer.MAX_VALUE / 2;

  private final Engine below;
  private final boolean isLimited;

  /** Guards all that follows; nothing below is called while it is held. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Deque<SubmittedTask<?>> waiting = new ArrayDeque<>();

  /** What was started and is not over. */
  private final Set<SubmittedTask<?>> started = Collections.newSetFromMap(new IdentityHashMap<>());

  /** How many more the limit allows; below zero while resumed waiters are over it. */
  private int room;

  /** How many more the engine below wants. */
  private int credit;

  /** Whether a thread starts tasks just now; only one does, which keeps them in order. */
  private boolean starting;

  /** How many of the waiting ones have been withdrawn since the last clean-up. */
  private int withdrawn;

  Dispatcher(Engine below, int limit, int credit) {
    this.below = below;
    this.isLimited = limit < UNLIMITED;
    this.room = limit;
    this.credit = credit;
  }

  /** Adds credit for the engine below. */
  void credit(int more) {
    lock.lock();
    try {
      credit = (int) Math.min(UNLIMITED, (long) credit + more);
    } finally {
      lock.unlock();
    }
    startWhatMay();
  }

  @Override
  public void prepare(SubmittedTask<?> task) {
    below.prepare(task);
  }

  @Override
  public void start(SubmittedTask<?> task) {
    SubmittedTask<?> next;
    lock.lock();
    try {
      waiting.addLast(task);
      next = takeNextUnderLock();
    } finally {
      lock.unlock();
    }
    startAll(next);
  }

  /** Takes back a task that was started; it waits again where its submission puts it. */
  void startAgain(SubmittedTask<?> task) {
    lock.lock();
    try {
      if (started.remove(task)) {
        room++;
      }
      Deque<SubmittedTask<?>> earlier = new ArrayDeque<>();
      while (!waiting.isEmpty() && waiting.getFirst().id() < task.id()) {
        earlier.addFirst(waiting.removeFirst());
      }
      waiting.addFirst(task);
      earlier.forEach(waiting::addFirst);
    } finally {
      lock.unlock();
    }
    startWhatMay();
  }

  private void startWhatMay() {
    startAll(takeNext());
  }

  /** Starts a task that was taken, and then what else may be. */
  private void startAll(@Nullable SubmittedTask<?> first) {
    for (SubmittedTask<?> next = first; next != null; next = takeNext()) {
      try {
        below.start(next);
      } catch (Throwable refused) {
        credit(1);
        next.fail(refused);
      } finally {
        lock.lock();
        try {
          starting = false;
        } finally {
          lock.unlock();
        }
      }
    }
  }

  private @Nullable SubmittedTask<?> takeNext() {
    lock.lock();
    try {
      return takeNextUnderLock();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable SubmittedTask<?> takeNextUnderLock() {
    while (!waiting.isEmpty() && waiting.getFirst().isBodyOver()) {
      waiting.removeFirst();
    }
    if (starting || room <= 0 || credit <= 0 || waiting.isEmpty()) {
      return null;
    }
    starting = true;
    room--;
    if (credit < UNLIMITED) {
      credit--;
    }
    SubmittedTask<?> next = waiting.removeFirst();
    started.add(next);
    return next;
  }

  @Override
  public void withdrawn(SubmittedTask<?> task) {
    lock.lock();
    try {
      // Cleaning up after every second one makes the cost of each a constant.
      if (++withdrawn > waiting.size() / 2) {
        withdrawn = 0;
        waiting.removeIf(SubmittedTask::isBodyOver);
      }
    } finally {
      lock.unlock();
    }
    below.withdrawn(task);
  }

  @Override
  public void bodyOver(SubmittedTask<?> task) {
    below.bodyOver(task);
    boolean makesRoom;
    lock.lock();
    try {
      makesRoom = started.remove(task);
      if (makesRoom) {
        room++;
      }
    } finally {
      lock.unlock();
    }
    if (makesRoom) {
      startWhatMay();
    }
  }

  @Override
  public void lend(SubmittedTask<?> task) {
    below.lend(task);
    addRoom(1);
    startWhatMay();
  }

  @Override
  public void resume(SubmittedTask<?> task) {
    addRoom(-1);
    below.resume(task);
  }

  private void addRoom(int more) {
    lock.lock();
    try {
      room += more;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void forEachWaiting(Consumer<SubmittedTask<?>> visitor) {
    copyOf(waiting).forEach(visitor);
  }

  @Override
  public void forEachStarted(Consumer<SubmittedTask<?>> visitor) {
    copyOf(started).forEach(visitor);
  }

  private List<SubmittedTask<?>> copyOf(Collection<SubmittedTask<?>> tasks) {
    lock.lock();
    try {
      return new ArrayList<>(tasks);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean withdrawSent(SubmittedTask<?> task) {
    return below.withdrawSent(task);
  }

  @Override
  public void stopSent(SubmittedTask<?> task, int attempt, CancelMode mode) {
    below.stopSent(task, attempt, mode);
  }

  @Override
  public OptionalLong begunAt(SubmittedTask<?> task) {
    return below.begunAt(task);
  }

  @Override
  public boolean lends() {
    return isLimited || below.lends();
  }

  @Override
  public void opened(SubmittedTask<?> task) {
    below.opened(task);
  }

  @Override
  public boolean isWorthALook(long newer) {
    return below.isWorthALook(newer);
  }

  @Override
  public AwaitHook awaitHook() {
    return below.awaitHook();
  }

  @Override
  public Executor callbacks() {
    return below.callbacks();
  }

  @Override
  public Capabilities capabilities() {
    return below.capabilities();
  }

  @Override
  public void shutdown(ShutdownMode mode) {
    below.shutdown(mode);
  }

  @Override
  public void close() {
    below.close();
  }

  @Override
  public String status() {
    String own;
    lock.lock();
    try {
      String limits = room >= UNLIMITED / 2 ? "" : ", room for " + room + " more";
      own = "dispatcher: " + waiting.size() + " waiting, " + started.size() + " started" + limits;
    } finally {
      lock.unlock();
    }
    String rest = below.status();
    return rest.isEmpty() ? own : own + System.lineSeparator() + rest;
  }
}
