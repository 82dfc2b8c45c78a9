package dev.baton.process.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
    final List<Integer> pieceCounts = new ArrayList<>();
    final List<String> refused = new ArrayList<>();

    @Override
    public void payload(Opcode opcode, long id, ByteBuffer payload) {
      payloads.add(of(opcode, id, payload));
    }

    /** Pieces are joined to what stands before them, and each is looked at. */
    @Override
    public void payload(Opcode opcode, long id, ByteBuffer payload, List<ByteBuffer> pieces) {
      int length = payload.remaining();
      for (ByteBuffer piece : pieces) {
        assertEquals(piece.remaining(), piece.array().length - piece.arrayOffset());
        length += piece.remaining();
      }
      ByteBuffer joined = ByteBuffer.allocate(length).put(payload);
      pieces.forEach(piece -> joined.put(piece.duplicate()));
      payloads.add(of(opcode, id, joined.flip()));
      pieceCounts.add(pieces.size());
    }

    @Override
    public void refused(Opcode opcode, long id, WireException reason) {
      refused.add(opcode + " " + id + ": " + reason.getMessage());
    }
  }
}
