package dev.baton.process.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Finds the frames in a stream, however its bytes are split.
 *
 * <p>It owns the read buffer, the parse position and the frame boundary, so all three pass together
 * from one thread to the next with whatever gives the right to read. It is not safe for use by two
 * threads at once, and does not synchronize.
 *
 * <p>What arrives is put into it by {@link #readFrom} or {@link #feed}, which do not look at it;
 * {@link #next} then finds one frame after another without copying or allocating. Its memory is
 * fixed. The bytes before the present frame are kept for a while, to be shown should there be
 * damage.
 */
public abstract sealed class FrameDecoder permits PlainDecoder, CheckedDecoder {

  private static final int CAPACITY = 2 * Framing.LARGEST_FRAME;

  /** How many bytes before and from the damage a message shows. */
  private static final int HISTORY = 256;

  private static final int OUTLOOK = 64;

  /** The JDK copies smaller reads by way of the stack, larger ones by way of {@code malloc}. */
  private static final int SMALL_READ = 8192;

  /** What arrived; bytes before the start are history. */
  final ByteBuffer buffer = ByteBuffer.allocate(CAPACITY);

  /** Where the present frame, or what may become one, starts, and where what arrived ends. */
  int start;

  int end;

  private final ByteBuffer view = buffer.duplicate();
  private final Direction direction;
  private int readAtMost = SMALL_READ;

  /** Where in the stream the buffer begins. */
  private long offset;

  FrameDecoder(Direction direction) {
    this.direction = direction;
  }

  /**
   * Reads once from a stream, which blocks if nothing is there.
   *
   * @param in the stream
   * @return how many bytes came, or -1 at its end
   * @throws IOException if the stream cannot be read
   */
  public final int readFrom(InputStream in) throws IOException {
    makeRoom();
    int asked = Math.min(readAtMost, CAPACITY - end);
    int count = in.read(buffer.array(), end, asked);
    if (count > 0) {
      end += count;
      readAtMost = count == asked ? Framing.LARGEST_FRAME : SMALL_READ;
    }
    return count;
  }

  /**
   * Takes bytes over, as many as there is room for. There is room for some whenever {@link #next}
   * has returned false.
   *
   * @param bytes from its position on, which moves
   * @return whether all were taken
   */
  public final boolean feed(ByteBuffer bytes) {
    makeRoom();
    int count = Math.min(bytes.remaining(), CAPACITY - end);
    buffer.put(end, bytes, bytes.position(), count);
    bytes.position(bytes.position() + count);
    end += count;
    return !bytes.hasRemaining();
  }

  /**
   * Gives the next frame, if it has arrived as a whole.
   *
   * @param sink gets it
   * @return whether there was one
   * @throws WireException if there is damage. A plain stream has then ended: whatever is asked of
   *     it says so again. In a checked one the next call goes on after the damage
   */
  public abstract boolean next(FrameSink sink) throws WireException;

  /**
   * Takes bytes over and gives all frames that are there.
   *
   * @param bytes from its position on, which moves to its limit unless there is damage
   * @param sink gets the frames
   * @throws WireException if there is damage, as from {@link #next}
   */
  public final void decode(ByteBuffer bytes, FrameSink sink) throws WireException {
    boolean all;
    do {
      all = feed(bytes);
      while (next(sink)) {
        // the sink has it
      }
    } while (!all);
  }

  /**
   * Is told that the stream has ended, after {@link #next} has returned false.
   *
   * @throws WireException if it ended within a frame. In a checked stream go on with {@link #next},
   *     which may find frames within what looked like one, and then ask this again
   */
  public abstract void end() throws WireException;

  /** Returns how many bytes there are from the start of what may be the present frame. */
  final int available() {
    return end - start;
  }

  /** Returns a part of the buffer, valid until the next call. */
  final ByteBuffer view(int from, int to) {
    return view.clear().limit(to).position(from);
  }

  /** Returns the opcode at an index, if such a frame may go this way. */
  final Opcode opcode(int index) throws WireException {
    byte code = buffer.get(index);
    Opcode opcode = Opcode.of(code, direction);
    if (opcode == null) {
      throw damage("0x%02x is no opcode of a frame %s".formatted(code, direction.origin()));
    }
    return opcode;
  }

  /** Returns the flags at an index, which a segment alone has. */
  final int flags(int index, Opcode opcode) throws WireException {
    int flags = buffer.get(index) & 0xFF;
    if (flags != 0 && (opcode != Opcode.SEGMENT || !Segment.mayHave(flags))) {
      throw damage("0x%02x are no flags of %s".formatted(flags, opcode));
    }
    return flags;
  }

  /** Makes the exception for damage in the present frame, and leaves that frame. */
  final WireException damage(String what) {
    int from = Math.max(0, start - HISTORY);
    WireException damage =
        new WireException(
            "Damage in the stream %s, in the frame at byte %d: %s. The bytes around it:%n%s"
                .formatted(
                    direction.origin(),
                    offset + start,
                    what,
                    HexDump.of(buffer, from, Math.min(end, start + OUTLOOK), start)));
    leave(damage);
    return damage;
  }

  /** Moves to where the search goes on after damage in the present frame. */
  abstract void leave(WireException damage);

  /** Drops what is behind, but for some history, if little room is left or little has to move. */
  private void makeRoom() {
    boolean cheap = start == end && end >= SMALL_READ;
    if (cheap || CAPACITY - end < Framing.LARGEST_FRAME) {
      int from = Math.max(0, start - HISTORY);
      buffer.put(0, buffer, from, end - from);
      offset += from;
      start -= from;
      end -= from;
    }
  }
}
