package dev.baton.process.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A frame or payload as it arrived, to be compared. */
record Seen(Opcode opcode, long id, ByteBuffer payload) {

  static Seen of(Opcode opcode, long id, ByteBuffer payload) {
    byte[] copy = new byte[payload.remaining()];
    payload.get(copy);
    return new Seen(opcode, id, ByteBuffer.wrap(copy));
  }

  @Override
  public String toString() {
    return opcode + " " + id + " with " + payload.remaining() + " bytes";
  }

  /** Collects what arrives. */
  static final class Sink implements PayloadSink {
    final List<Seen> payloads = new ArrayList<>();
    final List<String> refused = new ArrayList<>();

    @Override
    public void payload(Opcode opcode, long id, ByteBuffer payload) {
      payloads.add(of(opcode, id, payload));
    }

    @Override
    public void refused(Opcode opcode, long id, WireException reason) {
      refused.add(opcode + " " + id + ": " + reason.getMessage());
    }
  }
}
