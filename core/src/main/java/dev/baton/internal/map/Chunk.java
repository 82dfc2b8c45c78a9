package dev.baton.internal.map;

import dev.baton.CancelMode;
import dev.baton.TaskEncodingException;
import dev.baton.TaskFuture;
import dev.baton.TaskInfo;
import dev.baton.TaskRejectedException;
import dev.baton.WorkerLostException;
import dev.baton.internal.future.BatonFuture;
import dev.baton.internal.future.End;
import dev.baton.internal.task.ChunkWord;
import dev.baton.internal.task.SubmittedTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Items that travel together, as one task. What cannot stay together goes on in other chunks:
 *
 * <pre>
 *   submitted ──▶ its results arrive: each item ends
 *             ├─▶ it cannot be encoded: each item alone, so that one is to blame
 *             ├─▶ its worker is lost: what had ended and was told has ended, what had begun fails, or begins
 *             │   once more, each alone; the rest together
 *             └─▶ withdrawn because an item was cancelled: the others together
 * </pre>
 */
final class Chunk<A extends @Nullable Object, R extends @Nullable Object> {

  private final Chunks<A, R> chunks;

  /** Submits as the thread does that has read the inputs. */
  private final Submitter submitter;

  private final List<ChunkItem<A, R>> items;

  /** Whether its items have begun before. */
  private final boolean isSecondTry;

  /**
   * The task; written under the lock by who submits it, before the task may begin and before it
   * looks for items that were cancelled meanwhile. An item is cancelled before this is read, or
   * under the lock while there is none: so one of the two sees the other.
   */
  private volatile @Nullable BatonFuture<byte[]> run;

  /** Whether somebody has tried to withdraw it for an item; written before the attempt. */
  private volatile boolean isToBeSplit;

  /**
   * Guards {@link #isTakenApart}, and that an item ends before, or is in what goes on and has
   * joined that; and that an item is cancelled as pending before {@link #run} is set, or by means
   * of it.
   */
  private final ReentrantLock lock = new ReentrantLock();

  /** Whether it was withdrawn, and what is left of it goes on elsewhere. */
  private boolean isTakenApart;

  Chunk(
      Chunks<A, R> chunks, Submitter submitter, List<ChunkItem<A, R>> items, boolean isSecondTry) {
    this.chunks = chunks;
    this.submitter = submitter;
    this.items = List.copyOf(items);
    this.isSecondTry = isSecondTry;
  }

  /**
   * Submits the chunk.
   *
   * @throws TaskRejectedException if it cannot be accepted; the items are as before
   */
  void launch() {
    join();
    List<A> inputs = new ArrayList<>(items.size());
    items.forEach(item -> inputs.add(item.input()));
    chunks.submit(submitter, inputs, this::isComing).onDone(this::ended);
  }

  private void join() {
    items.forEach(item -> item.joins(this));
  }

  /** Is told of the task before it may begin, so that no item runs that was cancelled by then. */
  private void isComing(BatonFuture<byte[]> task) {
    lock.lock();
    try {
      run = task;
    } finally {
      lock.unlock();
    }
    if (items.stream().anyMatch(ChunkItem::isDone)) {
      itemWasCancelled(CancelMode.INTERRUPT);
    }
  }

  /**
   * Ends what nobody waits for: the whole chunk, or before it begins the part that is cancelled.
   */
  void itemWasCancelled(CancelMode mode) {
    BatonFuture<byte[]> task = run;
    if (task == null) {
      return; // who submits it will look
    }
    if (items.stream().allMatch(ChunkItem::isDone)) {
      task.cancel(mode);
    } else {
      isToBeSplit = true;
      task.cancel(CancelMode.IF_PENDING);
    }
  }

  /** Cancels an item if the chunk has not begun; the others go on together. */
  void withdraw(ChunkItem<A, R> item) {
    if (endBeforeItComes(item)) {
      return;
    }
    item.leaves(true);
    isToBeSplit = true;
    BatonFuture<byte[]> task = Objects.requireNonNull(run);
    if (task.cancel(CancelMode.IF_PENDING)) {
      endUnlessTakenApart(item);
    }
    item.leaves(false);
  }

  /**
   * Ends an item while there is no task, which is not to begin with it; returns false if there is.
   */
  private boolean endBeforeItComes(ChunkItem<A, R> item) {
    boolean isEnded;
    lock.lock();
    try {
      if (run != null) {
        return false;
      }
      isEnded = item.end(item.cancelled());
    } finally {
      lock.unlock();
    }
    if (isEnded) {
      item.tell();
    }
    return true;
  }

  /** Ends an item that was withdrawn if who is told of that has not seen to it. */
  private void endUnlessTakenApart(ChunkItem<A, R> item) {
    boolean isEnded;
    lock.lock();
    try {
      isEnded = !isTakenApart && item.end(item.cancelled());
    } finally {
      lock.unlock();
    }
    if (isEnded) {
      item.tell();
    }
  }

  /**
   * Ends those items of a withdrawn chunk that it was withdrawn for, and has the others join what
   * goes on; ends them too if nothing does.
   *
   * @return what goes on, or null
   */
  private @Nullable Chunk<A, R> takeApart(Function<ChunkItem<A, R>, Object> end) {
    Chunk<A, R> next = null;
    List<ChunkItem<A, R>> ended = new ArrayList<>();
    lock.lock();
    try {
      isTakenApart = true;
      items.stream()
          .filter(item -> item.leaves() && item.end(item.cancelled()))
          .forEach(ended::add);
      List<ChunkItem<A, R>> left = unfinished(items);
      if (isToBeSplit && !left.isEmpty()) {
        next = new Chunk<>(chunks, submitter, left, isSecondTry);
        next.join();
      } else {
        left.stream().filter(item -> item.end(end.apply(item))).forEach(ended::add);
      }
    } finally {
      lock.unlock();
    }
    ended.forEach(ChunkItem::tell);
    return next;
  }

  private void ended(TaskFuture<byte[]> task) {
    ChunkWord last = task instanceof SubmittedTask<?> told ? told.takeChunkWord() : null;
    int known = 0;
    if (last != null) {
      for (byte[] encoded : last.ended()) {
        known = received(encoded, known);
      }
    }
    switch (task.state()) {
      case SUCCESS -> receivedLast(task.resultNow(), known);
      case CANCELLED -> cancelled(task);
      default -> failed(task.exceptionNow(), last == null ? items.size() : last.begun());
    }
    task.terminated().onDone(over -> items.forEach(this::bodyOver));
  }

  private void bodyOver(ChunkItem<A, R> item) {
    if (item.chunk() == this) {
      item.bodyOver();
    }
  }

  /** Ends the items that outcomes are of; returns how many have ended with those before. */
  private int received(byte[] encoded, int known) {
    List<ChunkItem<A, R>> rest = items.subList(known, items.size());
    ChunkOutcomes outcomes;
    try {
      outcomes = chunks.decode(encoded);
    } catch (Throwable damaged) { // whatever classes of the user's own throw, every item ends
      endAll(rest, item -> new End.Failed(damaged));
      return items.size();
    }
    List<Object> ends = outcomes.ends();
    int more = Math.min(ends.size(), rest.size());
    List<ChunkItem<A, R>> ended = new ArrayList<>(more);
    for (int i = 0; i < more; i++) {
      if (rest.get(i).end(ends.get(i))) {
        ended.add(rest.get(i));
      }
    }
    ended.forEach(ChunkItem::tell);
    chunks.size().measured(outcomes.nanos(), known + more);
    return known + more;
  }

  private void receivedLast(byte[] encoded, int before) {
    int known = received(encoded, before);
    endAll(
        items.subList(known, items.size()),
        item -> new End.Cancelled(() -> item.info().name() + " was not begun before a shutdown."));
  }

  private void cancelled(TaskFuture<byte[]> task) {
    Function<ChunkItem<A, R>, Object> end = item -> new End.Cancelled(() -> messageOf(task));
    Chunk<A, R> next = takeApart(end);
    if (next != null) {
      next.goOn(end);
    }
  }

  private static String messageOf(TaskFuture<?> cancelled) {
    try {
      cancelled.join();
      return "It was cancelled.";
    } catch (CancellationException reason) {
      return String.valueOf(reason.getMessage());
    }
  }

  private void failed(Throwable cause, int begun) {
    List<ChunkItem<A, R>> left = unfinished(items);
    if (cause instanceof TaskEncodingException && items.size() > 1) {
      goOnAlone(left, isSecondTry, cause);
    } else if (cause instanceof WorkerLostException lost) {
      lost(lost, Math.min(items.size(), begun));
    } else {
      endAll(left, item -> new End.Failed(cause));
    }
  }

  private void lost(WorkerLostException cause, int begun) {
    List<ChunkItem<A, R>> rest = unfinished(items.subList(begun, items.size()));
    List<ChunkItem<A, R>> hit = unfinished(items.subList(0, begun));
    if (!rest.isEmpty()) {
      goOn(rest, isSecondTry, item -> new End.Failed(cause));
    }
    if (chunks.isIdempotent() && !isSecondTry) {
      goOnAlone(hit, true, cause);
    } else {
      endAll(hit, item -> new End.Failed(cause));
    }
  }

  private void goOnAlone(List<ChunkItem<A, R>> left, boolean again, Throwable cause) {
    left.forEach(item -> goOn(List.of(item), again, same -> new End.Failed(cause)));
  }

  /** Submits items once more; where that is refused they end in another way. */
  private void goOn(
      List<ChunkItem<A, R>> left, boolean again, Function<ChunkItem<A, R>, Object> otherwise) {
    new Chunk<>(chunks, submitter, left, again).goOn(otherwise);
  }

  private void goOn(Function<ChunkItem<A, R>, Object> otherwise) {
    try {
      launch();
    } catch (TaskRejectedException shutDown) {
      endAll(items, otherwise);
      items.forEach(ChunkItem::bodyOver);
    }
  }

  private static <A extends @Nullable Object, R extends @Nullable Object>
      List<ChunkItem<A, R>> unfinished(List<ChunkItem<A, R>> items) {
    return items.stream().filter(item -> !item.isDone()).toList();
  }

  /** Ends items, all of them before anybody is called back. */
  private static <A extends @Nullable Object, R extends @Nullable Object> void endAll(
      List<ChunkItem<A, R>> items, Function<ChunkItem<A, R>, Object> end) {
    items.stream().filter(item -> item.end(end.apply(item))).toList().forEach(ChunkItem::tell);
  }

  /** Returns the task, or null if it is not submitted yet. */
  @Nullable BatonFuture<byte[]> task() {
    return run;
  }

  boolean isRunning() {
    BatonFuture<byte[]> task = run;
    return task != null && task.isRunning();
  }

  String name() {
    BatonFuture<byte[]> task = run;
    return task == null ? "a chunk" : task.info().name();
  }

  long id() {
    BatonFuture<byte[]> task = run;
    return task == null ? 0 : task.info().id();
  }

  @Nullable String worker() {
    BatonFuture<byte[]> task = run;
    TaskInfo info = task == null ? null : task.info();
    return info == null ? null : info.worker();
  }
}
