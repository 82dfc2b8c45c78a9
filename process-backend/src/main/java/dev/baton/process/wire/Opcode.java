package dev.baton.process.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a frame says. The bytes are part of the protocol: they are never given to another opcode.
 *
 * <p>An opcode is <em>in order</em> or <em>prompt</em>. Those in order arrive in the order in which
 * they were offered, however large they are. A prompt one goes between the segments of a large
 * payload, so it may overtake what is large, and nothing else.
 */
public enum Opcode {
  /** Says who the parent is and what the worker has to know before it loads a user's class. */
  HELLO(0x01, Way.TO_WORKER, Lane.IN_ORDER),

  /** Brings the encoded factories of resources. */
  INITIALIZE(0x02, Way.TO_WORKER, Lane.IN_ORDER),

  /** Assigns a task. */
  TASK(0x03, Way.TO_WORKER, Lane.IN_ORDER),

  /** Asks to stop a task; from a worker, one that it has submitted. */
  CANCEL(0x04, Way.BOTH, Lane.PROMPT),

  /** Answers a fetch. */
  FOUND(0x05, Way.TO_WORKER, Lane.PROMPT),

  /**
   * Asks the worker to finish what it has, to close what it keeps, and to exit; the worker says it
   * too when it has, so that the parent need not wait for the JVM to come to its end.
   */
  GOODBYE(0x06, Way.BOTH, Lane.IN_ORDER),

  /** Answers what a worker asked of its executor. */
  ANSWER(0x07, Way.TO_WORKER, Lane.PROMPT),

  /** Says what came of a task that a worker has submitted. */
  OUTCOME(0x08, Way.TO_WORKER, Lane.IN_ORDER),

  /** Answers the hello: the worker is there. */
  READY(0x11, Way.TO_HOST, Lane.IN_ORDER),

  /** Says that a body has begun; sent only where there is no claim page. */
  STARTED(0x12, Way.TO_HOST, Lane.PROMPT),

  /** Says that a body is over and what came of it, or that the task could not be read. */
  RESULT(0x13, Way.TO_HOST, Lane.IN_ORDER),

  /** Says how far a body has come; to a worker, that of a task that it has submitted. */
  PROGRESS(0x14, Way.BOTH, Lane.PROMPT),

  /** Asks for a class or a resource of the parent's. */
  FETCH(0x15, Way.TO_HOST, Lane.PROMPT),

  /** Brings an event of the worker's logging. */
  LOG(0x16, Way.TO_HOST, Lane.PROMPT),

  /** Asks to lend the slot of a body that is about to wait for another task. */
  LEND(0x17, Way.TO_HOST, Lane.PROMPT),

  /** Says that a body that has lent its slot goes on. */
  RESUME(0x18, Way.TO_HOST, Lane.PROMPT),

  /** Says what was wrong in what arrived; the worker then ends. */
  DAMAGED(0x19, Way.TO_HOST, Lane.PROMPT),

  /** Submits a task of a task to the executor. */
  SUBMIT(0x1A, Way.TO_HOST, Lane.IN_ORDER),

  /** Asks the executor about a task that was submitted to it, or about itself. */
  ASK(0x1B, Way.TO_HOST, Lane.PROMPT),

  /** Says which items of a chunk have begun, and what came of those before. */
  ITEMS(0x1C, Way.BOTH, Lane.PROMPT),

  /** Brings a codec template, before the first payload that uses it. */
  DEFINE(0x21, Way.BOTH, Lane.IN_ORDER),

  /** Brings a part of a payload that is too large for one frame. */
  SEGMENT(0x22, Way.BOTH, Lane.PROMPT);

  private enum Way {
    TO_WORKER,
    TO_HOST,
    BOTH
  }

  private enum Lane {
    IN_ORDER,
    PROMPT
  }

  private static final @Nullable Opcode[] BY_CODE = new @Nullable Opcode[256];

  static {
    for (Opcode opcode : values()) {
      BY_CODE[opcode.code] = opcode;
    }
  }

  private final byte code;
  private final boolean toWorker;
  private final boolean toHost;
  private final boolean inOrder;

  Opcode(int code, Way way, Lane lane) {
    this.code = (byte) code;
    this.toWorker = way != Way.TO_HOST;
    this.toHost = way != Way.TO_WORKER;
    this.inOrder = lane == Lane.IN_ORDER;
  }

  /**
   * Returns the byte that stands for this opcode in a frame.
   *
   * @return the byte
   */
  public byte code() {
    return code;
  }

  /**
   * Tells whether frames with this opcode go a given way.
   *
   * @param direction the way
   * @return whether such a frame may be met there
   */
  public boolean travels(Direction direction) {
    return direction == Direction.TO_WORKER ? toWorker : toHost;
  }

  /**
   * Tells whether such frames keep the order in which they were offered.
   *
   * @return true if in order, false if prompt
   */
  public boolean isInOrder() {
    return inOrder;
  }

  /**
   * Checks that a frame that says all by its opcode and id has no payload.
   *
   * @param id the frame's id, for the message
   * @param payload the frame's payload
   * @throws WireException if there is one
   */
  public void checkEmpty(long id, ByteBuffer payload) throws WireException {
    new WireInput(this, id, payload).end();
  }

  /** Returns the opcode of a byte, or null if there is none that goes this way. */
  static @Nullable Opcode of(byte code, Direction direction) {
    Opcode opcode = BY_CODE[code & 0xFF];
    return opcode != null && opcode.travels(direction) ? opcode : null;
  }
}
