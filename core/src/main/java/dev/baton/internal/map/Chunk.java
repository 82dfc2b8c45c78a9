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
   * The task; written by who submits it, before it looks for items that were cancelled meanwhile.
   * An item is cancelled before this is read: so one of the two sees the other.
   */
  private volatile @Nullable BatonFuture<byte[]> run;

  /** Whether somebody has tried to withdraw it for an item; written before the attempt. */
  private volatile boolean isToBeSplit;

  /** Guards {@link #isTakenApart}, and that an item ends before or is in what goes on. */
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
    items.forEach(item -> item.joins(this));
    List<A> inputs = new ArrayList<>(items.size());
    items.forEach(item -> inputs.add(item.input()));
    BatonFuture<byte[]> submitted = chunks.submit(submitter, inputs);
    run = submitted;
    submitted.onDone(this::ended);
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
    BatonFuture<byte[]> task = run;
    if (task == null) {
      return; // it is on its way
    }
    item.leaves(true);
    isToBeSplit = true;
    if (task.cancel(CancelMode.IF_PENDING)) {
      endUnlessTakenApart(item);
    }
    item.leaves(false);
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

  /** Ends those items of a withdrawn chunk that it was withdrawn for; returns the others. */
  private List<ChunkItem<A, R>> takeApart() {
    List<ChunkItem<A, R>> leaving;
    List<ChunkItem<A, R>> left;
    lock.lock();
    try {
      isTakenApart = true;
      leaving = items.stream().filter(item -> item.leaves() && item.end(item.cancelled())).toList();
      left = unfinished(items);
    } finally {
      lock.unlock();
    }
    leaving.forEach(ChunkItem::tell);
    return left;
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
    List<ChunkItem<A, R>> left = takeApart();
    Function<ChunkItem<A, R>, Object> end = item -> new End.Cancelled(() -> messageOf(task));
    if (isToBeSplit && !left.isEmpty()) {
      goOn(left, isSecondTry, end);
    } else {
      endAll(left, end);
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
    try {
      new Chunk<>(chunks, submitter, left, again).launch();
    } catch (TaskRejectedException shutDown) {
      endAll(left, otherwise);
      left.forEach(ChunkItem::bodyOver);
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
