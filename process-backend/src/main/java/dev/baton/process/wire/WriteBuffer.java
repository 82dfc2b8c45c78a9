package dev.baton.process.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Collects whole frames and writes them at once. Belongs to whoever has the writer's role. */
final class WriteBuffer {

  private final OutputStream out;
  private final AtomicLong queued;

  /** Bytes that were written; raised before they are no longer counted as queued. */
  private final AtomicLong written = new AtomicLong();

  private final ByteBuffer buffer;
  private final FrameEncoder encoder;
  private final int overhead;

  /** What ends with the bytes in the buffer, and is waited for. */
  private final List<Outgoing> awaited = new ArrayList<>();

  private long payload;

  /** Bytes that go through the region and count as written with the frames in the buffer. */
  private long mapped;

  /** Null as long as there is none; volatile: set by who reads that the other side has it. */
  private volatile @Nullable RegionWriter region;

  WriteBuffer(Framing framing, OutputStream out, int capacity, AtomicLong queued) {
    this.out = out;
    this.queued = queued;
    this.buffer = ByteBuffer.allocate(capacity);
    this.encoder = framing.encoder(buffer);
    this.overhead = framing.overhead();
  }

  /** Sends large payloads by way of a region, from now on; the first that is given stays. */
  void use(RegionWriter shared) {
    if (region == null) {
      region = shared;
    }
  }

  /** Returns how many bytes were written, those in the region too; for any thread. */
  long written() {
    return written.get();
  }

  /** Returns how many bytes of payload go into one frame. */
  int largestPayload() {
    return buffer.capacity() - overhead;
  }

  /** Puts a whole frame. */
  void put(Frame frame) throws IOException {
    int count = frame.remaining();
    if (buffer.remaining() < overhead + count) {
      flush();
    }
    encoder.begin(frame.opcode(), 0, frame.id(), count);
    frame.copyTo(buffer, count);
    encoder.end();
    payload += count;
  }

  /** Puts the first segment of a frame. */
  void putFirstSegment(long transfer, Frame frame) throws IOException {
    int total = frame.remaining();
    int pieces = frame.pieces().size();
    int head = Segment.HEAD + (pieces == 0 ? 0 : 1 + pieces * Integer.BYTES);
    int count = Math.min(total, roomForSegment() - head);
    int flags = pieces == 0 ? Segment.FIRST : Segment.FIRST | Segment.IN_PIECES;
    encoder.begin(Opcode.SEGMENT, flags, transfer, head + count);
    buffer.put(frame.opcode().code()).putLong(frame.id()).putLong(total);
    if (pieces > 0) {
      buffer.put((byte) pieces);
      for (ByteBuffer piece : frame.pieces()) {
        buffer.putInt(piece.remaining());
      }
    }
    frame.copyTo(buffer, count);
    encoder.end();
    payload += count;
  }

  /** Puts a further segment of a frame, by way of the region if that has room for it. */
  void putSegment(long transfer, Frame frame) throws IOException {
    RegionWriter shared = region;
    int most = Math.min(frame.remaining(), Region.SLOT_BYTES);
    int slot =
        shared == null || most <= Framing.LARGEST_FRAME
            ? RegionWriter.NONE
            : shared.fill(transfer, frame, most);
    if (slot == RegionWriter.NONE) {
      putPlainSegment(transfer, frame);
    } else {
      putMappedSegment(transfer, slot, most);
    }
  }

  /** The receiver is told at once, so that it empties the slot while the next is filled. */
  private void putMappedSegment(long transfer, int slot, int count) throws IOException {
    if (buffer.remaining() < overhead + Segment.PLACE) {
      flush();
    }
    encoder.begin(Opcode.SEGMENT, Segment.MAPPED, transfer, Segment.PLACE);
    buffer.put((byte) slot).putInt(count);
    encoder.end();
    payload += count;
    mapped += count;
    flush();
  }

  private void putPlainSegment(long transfer, Frame frame) throws IOException {
    int count = Math.min(frame.remaining(), roomForSegment());
    encoder.begin(Opcode.SEGMENT, 0, transfer, count);
    frame.copyTo(buffer, count);
    encoder.end();
    payload += count;
  }

  /** A segment takes what room is left, unless that is little. */
  private int roomForSegment() throws IOException {
    if (buffer.remaining() < buffer.capacity() / 2) {
      flush();
    }
    return buffer.remaining() - overhead;
  }

  /** Is told that a unit is over: what of it is written is in the buffer or behind it. */
  void ended(Outgoing unit) {
    if (unit.hasWaiter()) {
      awaited.add(unit);
    }
  }

  /** Writes what was collected. */
  void flush() throws IOException {
    if (buffer.position() > 0) {
      out.write(buffer.array(), 0, buffer.position());
      out.flush();
      written.addAndGet(buffer.position() + mapped);
      mapped = 0;
      buffer.clear();
    }
    queued.addAndGet(-payload);
    payload = 0;
    settle(true);
  }

  /** Tells those who wait what became of their frames. */
  void settle(boolean written) {
    if (!awaited.isEmpty()) {
      for (Outgoing unit : awaited) {
        unit.settle(written);
      }
      awaited.clear();
    }
  }

  void close() throws IOException {
    out.close();
  }
}
