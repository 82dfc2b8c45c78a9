package dev.baton.process.wire;

import java.nio.ByteBuffer;

/**
 * Asks the parent for a class or a resource; the frame's id numbers the request, and the answer has
 * the same.
 *
 * @param kind what is asked for
 * @param name the binary name of the class, or the path of the resource
 */
public record Fetch(Kind kind, String name) implements Message {

  /** What is asked for. */
  public enum Kind {
    /** The bytes of a class file. */
    CLASS(1),

    /** The bytes of a resource. */
    RESOURCE(2);

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  /**
   * Reads one.
   *
   * @param id the frame's id
   * @param payload the frame's payload
   * @return what it says
   * @throws WireException if it is malformed
   */
  public static Fetch read(long id, ByteBuffer payload) throws WireException {
    WireInput in = new WireInput(Opcode.FETCH, id, payload);
    int code = in.uint8("the kind of what is asked for");
    Kind kind =
        switch (code) {
          case 1 -> Kind.CLASS;
          case 2 -> Kind.RESOURCE;
          default -> throw in.malformed(code + " is nothing that can be asked for");
        };
    Fetch fetch = new Fetch(kind, in.text("the name"));
    in.end();
    return fetch;
  }

  @Override
  public Opcode opcode() {
    return Opcode.FETCH;
  }

  @Override
  public ByteBuffer encode() {
    WireOutput out = new WireOutput(64);
    out.uint8(kind.code);
    out.text(name);
    return out.toBuffer();
  }
}
