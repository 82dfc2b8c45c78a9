package dev.baton.process.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

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

  WriteBuffer(Framing framing, OutputStream out, int capacity, AtomicLong queued) {
    this.out = out;
    this.queued = queued;
    this.buffer = ByteBuffer.allocate(capacity);
    this.encoder = framing.encoder(buffer);
    this.overhead = framing.overhead();
  }

  /** Returns how many bytes were written; for any thread. */
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
    int count = Math.min(total, roomForSegment() - Segment.HEAD);
    encoder.begin(Opcode.SEGMENT, Segment.FIRST, transfer, Segment.HEAD + count);
    buffer.put(frame.opcode().code()).putLong(frame.id()).putLong(total);
    frame.copyTo(buffer, count);
    encoder.end();
    payload += count;
  }

  /** Puts a further segment of a frame. */
  void putSegment(long transfer, Frame frame) throws IOException {
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
      written.addAndGet(buffer.position());
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
