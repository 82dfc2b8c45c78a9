package dev.baton.process.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames to a stream for any number of threads, without a lock: a thread that offers while
 * nobody writes becomes the writer, and writes what others offer meanwhile along with its own; a
 * thread that offers while another writes leaves it to that one and goes on.
 *
 * <p><em>Order.</em> What one thread offers is written in the order of its offers, with one
 * exception: a payload that is too large for one frame goes in segments, and what is {@linkplain
 * Opcode#isInOrder prompt} and offered later may go between them.
 *
 * <p><em>Nothing is left behind.</em> One field says both whether there is a writer and what waits
 * for it. An offer is one compare-and-set on it: either it finds nobody and becomes the writer, or
 * it adds itself to what a present writer has still to take. A writer leaves by a compare-and-set
 * that succeeds only while nothing waits. So there is no moment between a look and a step.
 *
 * <p><em>Happens-before.</em> What the offering thread did before its offer, the payload's bytes
 * among it, is seen by the writer, which takes by reading what the compare-and-set has written.
 * Buffer, lanes and encoder are plain fields: each writer has seen the leaving compare-and-set of
 * the one before it.
 */
public final class FrameWriter implements AutoCloseable {

  /** At the bottom of what waits: one thread has the writer's role. */
  private static final Outgoing WRITING = new Outgoing();

  /** Nothing is written any more. */
  private static final Outgoing REFUSING = new Outgoing();

  /**
   * Who writes, and what waits for it.
   *
   * <pre>
   * null     -> a unit     by an offer, whose thread then has the writer's role
   * a unit   -> a unit     by an offer, linked to the one before
   * WRITING  -> a unit     by an offer, linked to WRITING
   * a unit   -> WRITING    by the writer, which takes all that wait
   * WRITING  -> null       by the writer, which leaves
   * WRITING  -> REFUSING   by the writer, at the close; final
   * any      -> REFUSING   by the writer, after a failure; final
   * </pre>
   */
  private final AtomicReference<@Nullable Outgoing> offered = new AtomicReference<>();

  /** Bytes of payload that were offered and not written; raised before they are offered. */
  private final AtomicLong queued = new AtomicLong();

  /**
   * Decides by compare-and-set which close is the first. Set before that close makes an offer, so a
   * writer that does not see it yet leaves before that offer, which then becomes the writer.
   */
  private final AtomicBoolean closing = new AtomicBoolean();

  private final WriteBuffer buffer;
  private final Lanes lanes;
  private final Consumer<IOException> onFailure;

  /**
   * What is to be done once nobody writes any more, or that it has come to that. Of the one who
   * asks and the last that had the writer's role, each writes it atomically, and the second acts.
   */
  private final AtomicReference<@Nullable Object> end = new AtomicReference<>();

  /** Volatile: written before anything is refused, so whoever is refused can say why. */
  private volatile @Nullable IOException failure;

  /**
   * Makes a writer for a stream that is at its beginning.
   *
   * @param framing how frames lie in the stream
   * @param out the stream
   * @param largestWrite how many bytes are written at a time, and so how large a frame may be
   * @param onFailure is told once, by the thread that then writes, if the stream cannot be written;
   *     it must not throw
   * @throws IllegalArgumentException if the largest write is not within 128 and {@link
   *     Framing#LARGEST_FRAME}
   */
  public FrameWriter(
      Framing framing, OutputStream out, int largestWrite, Consumer<IOException> onFailure) {
    if (largestWrite < 128 || largestWrite > Framing.LARGEST_FRAME) {
      throw new IllegalArgumentException(
          "The largest write must be 128 to " + Framing.LARGEST_FRAME + ": " + largestWrite);
    }
    this.buffer = new WriteBuffer(framing, out, largestWrite, queued);
    this.lanes = new Lanes(buffer);
    this.onFailure = onFailure;
  }

  /**
   * Sends large payloads by way of a region, as far as that has room, from some moment on.
   *
   * @param region what the other side has too
   * @param direction the way to it
   */
  public void use(Region region, Direction direction) {
    buffer.use(new RegionWriter(region, direction));
  }

  /**
   * Offers frames as one, and writes if nobody does.
   *
   * @param frames in the order in which they are to be written
   * @return whether they were taken; false after a failure or a close
   */
  public boolean offer(Frame... frames) {
    return offer(new Outgoing(frames));
  }

  /**
   * Offers a unit, and writes if nobody does.
   *
   * @param unit what to write; offered once
   * @return whether it was taken; false after a failure or a close
   */
  public boolean offer(Outgoing unit) {
    Outgoing before = push(unit);
    if (before == null) {
      drain(null);
    }
    return before != REFUSING;
  }

  /**
   * Offers a unit for a thread that must not write, such as a reader.
   *
   * @param unit what to write; offered once
   * @param executor writes if nobody does; if it cannot, this thread does
   * @return whether it was taken; false after a failure or a close
   */
  public boolean offer(Outgoing unit, Executor executor) {
    Outgoing before = push(unit);
    if (before == null) {
      drainOn(executor, null);
    }
    return before != REFUSING;
  }

  /**
   * Offers a unit for a thread that may write, and may not block. What others have offered, or
   * offer meanwhile, is written by a virtual thread as soon as it does not fit.
   *
   * @param unit what to write; offered once
   * @param executor writes if nobody does
   * @param fits tells whether the stream takes all up to a {@linkplain #offeredBytes position}
   *     without blocking
   * @return whether it was taken; false after a failure or a close
   */
  public boolean offer(Outgoing unit, Executor executor, LongPredicate fits) {
    Outgoing before = push(unit);
    if (before == null) {
      drainOn(executor, fits);
    }
    return before != REFUSING;
  }

  /** Leaves the writer's role to another thread, or keeps it if there is none. */
  private void drainOn(Executor executor, @Nullable LongPredicate fits) {
    try {
      executor.execute(() -> drain(fits));
    } catch (RuntimeException | Error nobodyElse) {
      drain(fits); // it has the role, so without it nothing would ever be written
    }
  }

  /**
   * Offers frames as one, and waits, deaf to interrupts, until they are written.
   *
   * @param frames in the order in which they are to be written
   * @throws IOException if they cannot be written
   */
  public void write(Frame... frames) throws IOException {
    Outgoing unit = new Outgoing(frames);
    unit.announceWaiter();
    if (!offer(unit) || !unit.awaitSettled()) {
      throw new IOException("The frames cannot be written, the stream is closed.", failure);
    }
  }

  /**
   * Returns how many bytes of payload were offered and are not yet written.
   *
   * @return the number, as of some moment during the call
   */
  public long queuedBytes() {
    return offered.get() == REFUSING ? 0 : Math.max(0, queued.get());
  }

  /**
   * Returns how far the stream was written, as if nothing went through a region.
   *
   * @return the number of bytes, as of some moment during the call
   */
  public long writtenBytes() {
    return buffer.written();
  }

  /**
   * Returns how far the stream will be written once all is that was offered.
   *
   * @return the number of bytes that were written and of payload that was offered and is not yet
   *     written; what frames the payload comes on top
   */
  public long offeredBytes() {
    long waiting = queued.get(); // read first, so nothing is in neither
    return buffer.written() + waiting;
  }

  /** Closes the stream once all that was offered is written, and refuses what comes after. */
  @Override
  public void close() {
    if (closing.compareAndSet(false, true)) {
      offer();
    }
  }

  /**
   * Has something done once nobody writes any more, after a close or a failure: now, or by the last
   * that writes.
   *
   * @param action is to be done; the only one
   */
  public void whenEnded(Runnable action) {
    if (!end.compareAndSet(null, action)) {
      action.run();
    }
  }

  private void hasEnded() {
    if (end.getAndSet(REFUSING) instanceof Runnable action) {
      action.run();
    }
  }

  /** Adds a unit to what waits, and returns what it was added to. */
  private @Nullable Outgoing push(Outgoing unit) {
    queued.addAndGet(unit.bytes());
    while (true) {
      Outgoing before = offered.get();
      if (before == REFUSING) {
        return before;
      }
      unit.previous = before;
      if (offered.compareAndSet(before, unit)) {
        return before;
      }
    }
  }

  /**
   * Writes, in the writer's role, until nothing is left, or what is left does not fit.
   *
   * @param fits as in {@link #offer(Outgoing, Executor, LongPredicate)}; null if all does
   */
  private void drain(@Nullable LongPredicate fits) {
    try {
      do {
        do {
          if (!takeOffered(fits)) {
            drainOn(Thread::startVirtualThread, null);
            return;
          }
        } while (lanes.step());
        buffer.flush();
      } while (!offered.compareAndSet(WRITING, closing.get() ? REFUSING : null));
      if (offered.get() == REFUSING) {
        buffer.close();
        hasEnded();
      }
    } catch (IOException | RuntimeException | Error reason) {
      fail(reason);
    }
  }

  /** Takes what waits, and returns true; or takes nothing and returns false, if it does not fit. */
  private boolean takeOffered(@Nullable LongPredicate fits) throws IOException {
    for (Outgoing last; (last = offered.get()) != WRITING; ) {
      if (fits != null && !fits.test(offeredBytes())) { // what waits is counted before it is there
        return false;
      }
      if (offered.compareAndSet(last, WRITING)) {
        lanes.take(last, WRITING);
        return true;
      }
    }
    return true;
  }

  private void fail(Throwable reason) {
    IOException cause =
        reason instanceof IOException io
            ? io
            : new IOException("Writing frames failed: " + reason, reason);
    failure = cause;
    Outgoing left = offered.getAndSet(REFUSING);
    while (left != null) {
      left.settle(false);
      left = left.previous;
    }
    lanes.drop();
    hasEnded();
    onFailure.accept(cause);
  }
}
