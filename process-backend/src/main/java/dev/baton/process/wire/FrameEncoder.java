package dev.baton.process.wire;

/** Puts frames into a buffer. The caller sees to the room, and puts the payload between the two. */
interface FrameEncoder {

  /** Puts what stands before the payload. */
  void begin(Opcode opcode, int flags, long id, int payloadLength);

  /** Puts what stands after the payload. */
  void end();
}
