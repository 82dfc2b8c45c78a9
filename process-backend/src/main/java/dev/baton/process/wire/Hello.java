package dev.baton.process.wire;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first frame to a worker.
 *
 * @param executor the name of the executor
 * @param worker the worker's index in it
 * @param parentPid the parent's process id
 * @param parentNanoTime the parent's {@link System#nanoTime()} as it was sent, to align clocks
 * @param claimPage the path of the claim page, or null if there is none
 * @param region the path of the region, or null if there is none
 * @param classPath where the user's classes are
 * @param systemProperties to be set before a user's class is loaded
 * @param options what else the two sides agree on, by name
 */
public record Hello(
    String executor,
    int worker,
    long parentPid,
    long parentNanoTime,
    @Nullable String claimPage,
    @Nullable String region,
    List<String> classPath,
    Map<String, String> systemProperties,
    Map<String, String> options)
    implements Message {

  /**
   * Reads one.
   *
   * @param id the frame's id
   * @param payload the frame's payload
   * @return what it says
   * @throws WireException if it is malformed or of another version
   */
  public static Hello read(long id, ByteBuffer payload) throws WireException {
    WireInput in = new WireInput(Opcode.HELLO, id, payload);
    Protocol.checkVersion(in);
    Hello hello =
        new Hello(
            in.text("the executor's name"),
            in.count("the worker's index"),
            in.int64("the parent's process id"),
            in.int64("the parent's time"),
            in.optionalText("the path of the claim page"),
            in.optionalText("the path of the region"),
            in.texts("the class path"),
            in.map("the system properties"),
            in.map("the options"));
    in.end();
    return hello;
  }

  @Override
  public Opcode opcode() {
    return Opcode.HELLO;
  }

  @Override
  public ByteBuffer encode() {
    WireOutput out = new WireOutput(1024);
    out.int32(Protocol.VERSION);
    out.text(executor);
    out.count(worker);
    out.int64(parentPid);
    out.int64(parentNanoTime);
    out.optionalText(claimPage);
    out.optionalText(region);
    out.texts(classPath);
    out.map(systemProperties);
    out.map(options);
    return out.toBuffer();
  }
}
