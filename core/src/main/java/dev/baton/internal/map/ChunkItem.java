package dev.baton.internal.map;

import dev.baton.CancelMode;
import dev.baton.TaskFuture;
import dev.baton.TaskInfo;
import dev.baton.TaskProgress;
import dev.baton.internal.future.BatonFuture;
import dev.baton.internal.future.BodilessFuture;
import dev.baton.internal.future.End;
import dev.baton.internal.future.Home;
import dev.baton.internal.future.Needs;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The future of one item of a chunk. */
final class ChunkItem<A extends @Nullable Object, R extends @Nullable Object>
    extends BatonFuture<R> {

  private final Home home;
  private final long index;
  private final A input;

  /**
   * What the item is in now; another chunk after its worker was lost or a neighbour was cancelled.
   * Written before that chunk is submitted, by whoever submits it.
   */
  private volatile @Nullable Chunk<A, R> chunk;

  /** Whether its chunk is being withdrawn for it; written before the chunk is, read after that. */
  private volatile boolean isLeaving;

  /** Whether the body is over; written before {@link #bodyEnd} is read. */
  private volatile boolean isOver;

  /** Set by whoever first asks for it, before {@link #isOver} is read: one of the two sees both. */
  private final AtomicReference<@Nullable BodyEnd> bodyEnd = new AtomicReference<>();

  ChunkItem(Home home, long index, A input) {
    this.home = home;
    this.index = index;
    this.input = input;
  }

  long index() {
    return index;
  }

  A input() {
    return input;
  }

  void joins(Chunk<A, R> next) {
    chunk = next;
  }

  @Nullable Chunk<A, R> chunk() {
    return chunk;
  }

  /**
   * Decides the end, unless it is decided.
   *
   * @return whether this call decided it, so that {@link #tell} has to follow
   */
  boolean end(Object end) {
    return settle(end);
  }

  /** Calls back. */
  void tell() {
    drain();
  }

  /** Is told that the body is over, or never will begin. */
  void bodyOver() {
    isOver = true;
    BodyEnd told = bodyEnd.get();
    if (told != null) {
      told.settleAndDrainElsewhere(End.NULL);
    }
  }

  /** Returns the end of an item that is cancelled for itself. */
  End.Cancelled cancelled() {
    return new End.Cancelled(() -> "The " + name() + " was cancelled.");
  }

  /** Says whether somebody tries to take this item out of a chunk that has not begun. */
  void leaves(boolean leaves) {
    isLeaving = leaves;
  }

  boolean leaves() {
    return isLeaving;
  }

  /** Cancels this item alone; its chunk is to be told. */
  boolean giveUp() {
    boolean decided = settle(cancelled());
    if (decided) {
      drain();
    }
    return decided;
  }

  @Override
  public boolean cancel(CancelMode mode) {
    Objects.requireNonNull(mode, "mode");
    if (mode == CancelMode.IF_PENDING) {
      withdraw();
      return isCancelled();
    }
    Chunk<A, R> mine = chunk;
    if ((giveUp() || isCancelled()) && mine != null) { // a stronger mode may follow
      mine.itemWasCancelled(mode);
      Chunk<A, R> moved = chunk;
      if (moved != null && !moved.equals(mine)) {
        moved.itemWasCancelled(mode);
      }
    }
    return isCancelled();
  }

  /** Cancels this item if it is pending, in whichever chunk it has gone on meanwhile. */
  private void withdraw() {
    Chunk<A, R> seen = null;
    for (Chunk<A, R> mine; !isDone() && (mine = chunk) != null && !mine.equals(seen); ) {
      mine.withdraw(this);
      seen = mine;
    }
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // a future of Void has null as its only result
  public TaskFuture<Void> terminated() {
    if (bodyEnd.get() == null) {
      bodyEnd.compareAndSet(null, new BodyEnd(this));
    }
    TaskFuture<?> end = Objects.requireNonNull(bodyEnd.get());
    if (isOver) {
      bodyOver();
    }
    return (TaskFuture<Void>) end;
  }

  /** The future of the body's end, which everybody shares and nobody can cancel. */
  private static final class BodyEnd extends BodilessFuture<@Nullable Void> {

    BodyEnd(ChunkItem<?, ?> item) {
      super("end of the body of", item);
    }

    @Override
    public boolean cancel(CancelMode mode) {
      Objects.requireNonNull(mode, "mode");
      return false;
    }
  }

  /** Needs the chunk, which has to come to this item. */
  @Override
  public Needs needs() {
    Chunk<A, R> mine = chunk;
    return mine == null ? Needs.UNKNOWN : Needs.of(mine.task());
  }

  @Override
  public boolean isRunning() {
    Chunk<A, R> mine = chunk;
    return !isDone() && mine != null && mine.isRunning();
  }

  private String name() {
    Chunk<A, R> mine = chunk;
    return "item " + index + (mine == null ? "" : " in " + mine.name());
  }

  @Override
  protected Home home() {
    return home;
  }

  @Override
  protected long id() {
    Chunk<A, R> mine = chunk;
    return mine == null ? 0 : mine.id();
  }

  @Override
  protected String givenName() {
    return name();
  }

  @Override
  protected String failureMessage(Throwable cause) {
    TaskInfo info = info();
    String where = info.worker() == null ? "" : " in " + info.worker();
    return "The " + name() + " of executor " + home.name() + " failed" + where + ": " + cause;
  }

  @Override
  public TaskInfo info() {
    Chunk<A, R> mine = chunk;
    TaskInfo.Phase phase =
        switch (state()) {
          case RUNNING -> isRunning() ? TaskInfo.Phase.RUNNING : TaskInfo.Phase.PENDING;
          case SUCCESS -> TaskInfo.Phase.SUCCESS;
          case FAILED -> TaskInfo.Phase.FAILED;
          case CANCELLED -> TaskInfo.Phase.CANCELLED;
        };
    String worker = mine == null ? null : mine.worker();
    return new TaskInfo(
        id(), name(), home.name(), home.backend(), worker, phase, 1, null, null, null);
  }

  /** Has nothing to listen to: nobody could tell which item of a chunk has said something. */
  @Override
  public TaskFuture<R> onProgress(Consumer<? super TaskProgress> listener) {
    Objects.requireNonNull(listener, "listener");
    return this;
  }

  @Override
  public String toString() {
    return "TaskFuture[" + name() + " of " + home.name() + ", " + describeEnd() + "]";
  }
}
