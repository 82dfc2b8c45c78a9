package dev.baton.process.host;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What one worker has: the run whose body it runs, and those that were sent ahead and wait behind
 * it. How many may wait follows from how short the last bodies were.
 *
 * <p>The lock of {@link Placement} guards all but what any thread may ask for: {@link #find},
 * {@link #current} and the text.
 */
final class Workload {

  /** How many runs a worker may have, and slots a claim page has. */
  static final int DEPTH = 32;

  /** How many bytes may be on their way to a worker: they surely fit into a pipe of the JDK's. */
  private static final int MOST_BYTES = (JavaHome.isWindows() ? 4 : 32) * 1024;

  /** What a frame has beside body, name and logging context, at most. */
  private static final int HEAD_BYTES = 64;

  /** After a body shorter than this, from one result to the next, twice as many are sent ahead. */
  private static final long QUICK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  /** What waits behind a body that takes longer than this may be taken back, and none follows. */
  private static final long STUCK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  private final Worker worker;

  /** How many bodies may end here, or null. */
  private final @Nullable Integer mostTasks;

  /** What the worker has, by slot; written under the lock, read by those who look for a run. */
  private final AtomicReferenceArray<@Nullable Assignment> slots =
      new AtomicReferenceArray<>(DEPTH);

  /** The same in the order in which it was sent, which is that in which bodies begin. */
  private final Deque<Assignment> inOrder = new ArrayDeque<>();

  /** Where the next search begins: a guess that any thread may make, so a race does no harm. */
  private int likely;

  private int lastSlot;

  /** How many runs the worker may have at once. */
  private int depth = 1;

  /** Where in the stream to the worker the last run ends, at the earliest. */
  private long lastByte;

  /** How far the worker has surely read; written under the lock, read by who is about to write. */
  private volatile long readBytes;

  /** When the last result came. */
  private long answeredAt;

  /** How many bodies have ended here; written by the thread that reads, under the lock. */
  private int done;

  /** Whether nothing more is to be placed here, whatever the worker's phase says. */
  private boolean isClosed;

  /** What has lent its slot; until it is over nothing waits behind it. */
  private @Nullable Assignment lender;

  Workload(Worker worker, @Nullable Integer mostTasks) {
    this.worker = worker;
    this.mostTasks = mostTasks;
  }

  /** Finds a run that the worker has. */
  @Nullable Assignment find(long id) {
    int from = likely;
    for (int i = 0; i < DEPTH; i++) {
      int slot = (from + i) % DEPTH;
      if (slots.get(slot) instanceof Assignment found && found.run().id() == id) {
        likely = slot + 1;
        return found;
      }
    }
    return null;
  }

  /** Returns what the worker runs, as far as that is known, or null. */
  @Nullable Assignment current() {
    Assignment last = null;
    for (int slot = 0; slot < DEPTH; slot++) {
      Assignment each = slots.get(slot);
      if (each != null
          && each.isRunning()
          && (last == null || each.lastByte() - last.lastByte() > 0)) {
        last = each;
      }
    }
    return last;
  }

  /** Says in a few words what the worker has, as of about now. */
  @Override
  public String toString() {
    Assignment running = current();
    int waiting = 0;
    for (int slot = 0; slot < DEPTH; slot++) {
      waiting += slots.get(slot) instanceof Assignment each && !each.hasBegun() ? 1 : 0;
    }
    String work = running == null ? "idle" : running.toString();
    return waiting == 0 ? work : work + ", and " + waiting + " sent ahead";
  }

  boolean isEmpty() {
    return inOrder.isEmpty();
  }

  /** Returns how many runs the worker has. */
  int size() {
    return inOrder.size();
  }

  /** Returns what was sent, the newest first. */
  Collection<Assignment> newestFirst() {
    return inOrder.reversed();
  }

  /** Returns what was sent, the oldest first. */
  Collection<Assignment> oldestFirst() {
    return Collections.unmodifiableCollection(inOrder);
  }

  /** Returns what waits behind the first, the oldest of it, or null. */
  @Nullable Assignment firstWaiting() {
    Assignment first = inOrder.peekFirst();
    for (Assignment each : inOrder) {
      if (each != first && !each.hasBegun()) {
        return each;
      }
    }
    return null;
  }

  /** Tells whether the body that is first, or is about to be, takes long. */
  boolean isStuck(long now) {
    Assignment first = inOrder.peekFirst();
    return first != null && now - since(first) > STUCK_NANOS;
  }

  /** Returns when the worker can have begun a run at the earliest, if it is the first. */
  private long since(Assignment first) {
    return answeredAt != 0 && answeredAt - first.sentAt() > 0 ? answeredAt : first.sentAt();
  }

  /** Tells whether a run may be sent to wait behind what the worker has. */
  boolean takesAhead(Unplaced what, long now) {
    return worker.page() != null
        && !isEmpty()
        && mayTake()
        && size() < depth
        && lender == null
        && fitsIntoPipe(worker.offeredBytes() + bytesOf(what))
        && !isStuck(now);
  }

  /** Tells whether anything more may be sent. */
  boolean mayTake() {
    return !isClosed && !worker.isLeaving() && (mostTasks == null || done + size() < mostTasks);
  }

  /** Tells whether the pipe surely takes, without blocking, what ends at a byte of the stream. */
  boolean fitsIntoPipe(long end) {
    return end - readBytes <= MOST_BYTES;
  }

  private static long bytesOf(Unplaced what) {
    String name = what.run().options().name();
    long letters = name == null ? 0 : name.length();
    for (Map.Entry<String, String> entry : what.run().loggingContext().entrySet()) {
      letters += entry.getKey().length() + String.valueOf(entry.getValue()).length();
    }
    return HEAD_BYTES + 3 * letters + what.shipment().encoded().sizeWithPieces();
  }

  /** Gives the worker a run, and a slot of the page. The run is to be sent before the next. */
  Assignment add(Unplaced what, long now) {
    do {
      lastSlot = (lastSlot + 1) % DEPTH;
    } while (slots.get(lastSlot) != null);
    lastByte =
        Math.max(lastByte, worker.writtenBytes()) + what.shipment().encoded().sizeWithPieces();
    Assignment added = new Assignment(what, worker, lastSlot, now, lastByte);
    slots.set(lastSlot, added);
    inOrder.addLast(added);
    what.shipment().moveTo(added);
    return added;
  }

  /** Forgets a run, and frees its slot. */
  void remove(Assignment assignment) {
    inOrder.removeFirstOccurrence(assignment);
    slots.set(assignment.slot(), null);
    if (lender == assignment) {
      lender = null;
    }
  }

  /** Is told, before they are removed, of runs whose results have come together. */
  void answered(List<Assignment> runs, long now) {
    long each = (now - since(runs.getFirst())) / runs.size();
    if (each < QUICK_NANOS) {
      depth = Math.min(DEPTH, depth << Math.min(runs.size(), 5));
    } else if (each > STUCK_NANOS) {
      depth = 1;
    }
    answeredAt = now;
    done += runs.size();
    readBytes = Math.max(readBytes, runs.getLast().lastByte());
  }

  /** Closes it while its worker may be about to be killed, or opens it again. */
  void setClosed(boolean closed) {
    isClosed = closed;
  }

  /** Tells whether the worker has done all that it may; for the thread that reads from it. */
  boolean isUsedUp() {
    return mostTasks != null && done >= mostTasks;
  }

  void setLender(Assignment waiter) {
    lender = waiter;
  }
}
