package dev.baton.process.wire;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts segments together, and passes on what needs no such thing.
 *
 * <p>It belongs to whoever reads the stream, as the decoder does, and is not safe for use by two
 * threads at once.
 */
public final class PayloadAssembly implements FrameSink {

  /** How many transfers may be open; a writer of ours has one of each lane at most. */
  static final int MOST_TRANSFERS = 8;

  private final Map<Long, Transfer> transfers = new HashMap<>();
  private final Direction direction;
  private final long maximum;
  private final PayloadSink sink;

  /**
   * Makes an assembly for a stream that is at its beginning.
   *
   * @param direction which way the stream goes
   * @param maximum the length of the largest payload that is not refused
   * @param sink gets the payloads
   * @throws IllegalArgumentException if the maximum is negative
   */
  public PayloadAssembly(Direction direction, long maximum, PayloadSink sink) {
    if (maximum < 0) {
      throw new IllegalArgumentException("The largest payload must not be negative: " + maximum);
    }
    this.direction = direction;
    this.maximum = maximum;
    this.sink = sink;
  }

  @Override
  public void frame(Opcode opcode, int flags, long id, ByteBuffer payload) throws WireException {
    if (opcode != Opcode.SEGMENT) {
      sink.payload(opcode, id, payload);
      return;
    }
    Transfer transfer = flags == Segment.FIRST ? begin(id, payload) : open(id, payload);
    if (transfer.add(id, payload)) {
      transfers.remove(id);
      transfer.deliver(sink);
    }
  }

  private Transfer begin(long number, ByteBuffer payload) throws WireException {
    WireInput in = new WireInput(Opcode.SEGMENT, number, payload);
    if (transfers.containsKey(number)) {
      throw in.malformed("Transfer " + number + " begins again");
    }
    if (transfers.size() == MOST_TRANSFERS) {
      throw in.malformed("More than " + MOST_TRANSFERS + " transfers are open");
    }
    Transfer transfer = Transfer.read(in, direction);
    transfers.put(number, transfer);
    transfer.refuseAbove(maximum, sink);
    return transfer;
  }

  private Transfer open(long number, ByteBuffer payload) throws WireException {
    Transfer transfer = transfers.get(number);
    if (transfer == null) {
      throw new WireInput(Opcode.SEGMENT, number, payload)
          .malformed("Transfer " + number + " has not begun, and has a segment");
    }
    return transfer;
  }
}
