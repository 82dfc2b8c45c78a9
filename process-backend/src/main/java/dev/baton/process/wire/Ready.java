package dev.baton.process.wire;

import java.nio.ByteBuffer;

/**
 * The first frame from a worker.
 *
 * @param pid the worker's process id
 * @param workerNanoTime the worker's {@link System#nanoTime()} as it was sent
 * @param parentNanoTime the parent's time in the hello that it answers
 * @param javaVersion the worker's {@code java.version}
 * @param hasRegion whether the worker has opened the region
 */
public record Ready(
    long pid, long workerNanoTime, long parentNanoTime, String javaVersion, boolean hasRegion)
    implements Message {

  /**
   * Reads one.
   *
   * @param id the frame's id
   * @param payload the frame's payload
   * @return what it says
   * @throws WireException if it is malformed or of another version
   */
  public static Ready read(long id, ByteBuffer payload) throws WireException {
    WireInput in = new WireInput(Opcode.READY, id, payload);
    Protocol.checkVersion(in);
    Ready ready =
        new Ready(
            in.int64("the worker's process id"),
            in.int64("the worker's time"),
            in.int64("the parent's time"),
            in.text("the Java version"),
            hasRegion(in));
    in.end();
    return ready;
  }

  private static boolean hasRegion(WireInput in) throws WireException {
    int code = in.uint8("whether there is a region");
    if (code > 1) {
      throw in.malformed(code + " is neither a region, 1, nor none, 0");
    }
    return code == 1;
  }

  @Override
  public Opcode opcode() {
    return Opcode.READY;
  }

  @Override
  public ByteBuffer encode() {
    WireOutput out = new WireOutput(64);
    out.int32(Protocol.VERSION);
    out.int64(pid);
    out.int64(workerNanoTime);
    out.int64(parentNanoTime);
    out.text(javaVersion);
    out.uint8(hasRegion ? 1 : 0);
    return out.toBuffer();
  }
}
