package dev.baton.process.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  /** Where the bytes of some segments are; null as long as there is none. */
  private @Nullable Region region;

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

  /**
   * Takes the bytes of segments from a region, too.
   *
   * @param shared the region, which the other side has
   */
  public void use(Region shared) {
    region = shared;
  }

  @Override
  public void frame(Opcode opcode, int flags, long id, ByteBuffer payload) throws WireException {
    if (opcode != Opcode.SEGMENT) {
      sink.payload(opcode, id, payload);
      return;
    }
    boolean isFirst = (flags & Segment.FIRST) != 0;
    Transfer transfer = isFirst ? begin(id, flags, payload) : open(id, payload);
    boolean isLast =
        flags == Segment.MAPPED ? addMapped(transfer, id, payload) : transfer.add(id, payload);
    if (isLast) {
      transfers.remove(id);
      transfer.deliver(sink);
    }
  }

  /** Adds what is in a slot of the region, and frees that. */
  private boolean addMapped(Transfer transfer, long number, ByteBuffer payload)
      throws WireException {
    WireInput in = new WireInput(Opcode.SEGMENT, number, payload);
    int slot = in.uint8("the slot");
    int length = in.int32("the length in the slot");
    in.end();
    Region shared = region;
    if (shared == null || slot >= Region.SLOTS || length < 1 || length > Region.SLOT_BYTES) {
      throw in.malformed("%d bytes in slot %d are not in a region".formatted(length, slot));
    }
    try {
      shared.map();
    } catch (IOException unmappable) {
      throw in.malformed("The region cannot be mapped: " + unmappable);
    }
    if (shared.isFree(direction, slot)) {
      throw in.malformed("Slot " + slot + " of the region is free, and has a segment");
    }
    boolean isLast = transfer.add(number, shared.slot(direction, slot).limit(length));
    shared.setFree(direction, slot);
    return isLast;
  }

  private Transfer begin(long number, int flags, ByteBuffer payload) throws WireException {
    WireInput in = new WireInput(Opcode.SEGMENT, number, payload);
    if (transfers.containsKey(number)) {
      throw in.malformed("Transfer " + number + " begins again");
    }
    if (transfers.size() == MOST_TRANSFERS) {
      throw in.malformed("More than " + MOST_TRANSFERS + " transfers are open");
    }
    Transfer transfer = Transfer.read(in, direction, (flags & Segment.IN_PIECES) != 0);
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
