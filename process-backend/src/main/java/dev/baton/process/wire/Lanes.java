package dev.baton.process.wire;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What was taken and is not written yet, and in which order it goes. What is small is written at
 * once, unless it is in order and something large that is too is on its way. What is large is
 * written in segments, one of each lane in turn. Belongs to whoever has the writer's role.
 */
final class Lanes {

  private final WriteBuffer buffer;
  private final Queue<Outgoing> inOrder = new ArrayDeque<>();
  private final Queue<Outgoing> prompt = new ArrayDeque<>();

  /** What was taken and has no lane yet, linked from the first to the last. */
  private @Nullable Outgoing arrived;

  private long transfers;

  Lanes(WriteBuffer buffer) {
    this.buffer = buffer;
  }

  /** Takes over what was offered, linked from the last to the first. */
  void take(@Nullable Outgoing last, Outgoing bottom) throws IOException {
    Outgoing unit = last;
    while (unit != null && unit != bottom) {
      Outgoing earlier = unit.previous;
      unit.previous = arrived;
      arrived = unit;
      unit = earlier;
    }
    while (arrived != null) {
      Outgoing first = arrived;
      assign(first);
      arrived = first.previous;
      first.previous = null;
    }
  }

  private void assign(Outgoing unit) throws IOException {
    if (unit.isInOrder() && !inOrder.isEmpty()) {
      inOrder.add(unit);
    } else if (unit.largest() > buffer.largestPayload()) {
      (unit.isInOrder() ? inOrder : prompt).add(unit);
    } else {
      while (!step(unit)) {
        // each step writes a frame
      }
    }
  }

  /** Writes one frame or segment from each lane, and tells whether there was one. */
  boolean step() throws IOException {
    boolean any = stepIn(inOrder);
    return stepIn(prompt) || any;
  }

  private boolean stepIn(Queue<Outgoing> lane) throws IOException {
    Outgoing unit = lane.peek();
    if (unit != null && step(unit)) {
      lane.remove();
    }
    return unit != null;
  }

  /** Writes a frame or a segment, and tells whether the unit is over. */
  private boolean step(Outgoing unit) throws IOException {
    Frame frame = unit.present();
    if (frame == null) {
      buffer.ended(unit);
      return true;
    }
    if (write(unit, frame)) {
      unit.advance();
    }
    return false;
  }

  /** Writes a frame or a segment, and tells whether the frame is over. */
  private boolean write(Outgoing unit, Frame frame) throws IOException {
    if (unit.transfer != 0) {
      return writeOn(unit, frame);
    }
    if (frame.remaining() <= buffer.largestPayload() && frame.pieces().isEmpty()) {
      buffer.put(frame);
      return true;
    }
    unit.transfer = ++transfers;
    buffer.putFirstSegment(unit.transfer, frame);
    return false;
  }

  private boolean writeOn(Outgoing unit, Frame frame) throws IOException {
    buffer.putSegment(unit.transfer, frame);
    return frame.remaining() == 0;
  }

  /** Drops everything, and tells those who wait. */
  void drop() {
    for (Outgoing unit = arrived; unit != null; unit = unit.previous) {
      unit.settle(false);
    }
    inOrder.forEach(unit -> unit.settle(false));
    prompt.forEach(unit -> unit.settle(false));
    buffer.settle(false);
    arrived = null;
    inOrder.clear();
    prompt.clear();
  }
}
