package dev.baton.process.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.LoggerFactory;

/**
 * Fills the slots of one way through a {@link Region}, one after the other, so that the receiver
 * empties them in the same order. A slot more is used only while those in use are full. Belongs to
 * whoever has the writer's role.
 */
final class RegionWriter {

  /** There is no slot just now: the pipe takes what comes next. */
  static final int NONE = -1;

  private final Region region;
  private final Direction direction;

  /** How many slots have memory: the first ones. */
  private int usable;

  private int next;

  /** The last transfer for which there was no memory. */
  private long refused;

  RegionWriter(Region region, Direction direction) {
    this.region = region;
    this.direction = direction;
  }

  /** Fills a slot with the next bytes of a frame, and returns which. */
  int fill(long transfer, Frame frame, int count) {
    int slot = region.isMapped() ? take(transfer) : NONE;
    if (slot != NONE) {
      ByteBuffer memory = region.slot(direction, slot);
      frame.copyTo(memory, count);
      region.setFull(direction, slot);
    }
    return slot;
  }

  private int take(long transfer) {
    int slot = NONE;
    if (next < usable && region.isFree(direction, next)) {
      slot = next;
    } else if (usable < Region.SLOTS && transfer != refused && allocate(transfer)) {
      slot = usable++;
    }
    if (slot != NONE) {
      next = (slot + 1) % usable;
    }
    return slot;
  }

  private boolean allocate(long transfer) {
    try {
      region.allocate(direction, usable);
      return true;
    } catch (IOException full) {
      refused = transfer;
      LoggerFactory.getLogger(RegionWriter.class)
          .debug("No shared memory for a large payload, so it goes through the pipe", full);
      return false;
    }
  }
}
