package dev.baton.process.wire;

import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * An event of the worker's logging; the frame's id is the task's in which it came about, or {@link
 * #NO_TASK}.
 *
 * @param level how grave it is
 * @param logger the name of the logger
 * @param message the message with its arguments in place
 * @param loggingContext the entries of the logging context; those without a value are not sent
 * @param throwable the stack trace of what was logged with it, or null
 */
public record LogEvent(
    Level level,
    String logger,
    String message,
    Map<String, String> loggingContext,
    @Nullable String throwable)
    implements Message {

  /** The id of an event outside of any task. */
  public static final long NO_TASK = -1;

  /**
   * Reads one.
   *
   * @param id the frame's id
   * @param payload the frame's payload
   * @return what it says
   * @throws WireException if it is malformed
   */
  public static LogEvent read(long id, ByteBuffer payload) throws WireException {
    WireInput in = new WireInput(Opcode.LOG, id, payload);
    LogEvent event =
        new LogEvent(
            level(in),
            in.text("the logger's name"),
            in.text("the message"),
            in.map("the logging context"),
            in.optionalText("the stack trace"));
    in.end();
    return event;
  }

  private static Level level(WireInput in) throws WireException {
    int code = in.uint8("the level");
    for (Level level : Level.values()) {
      if (level.toInt() == code) {
        return level;
      }
    }
    throw in.malformed(code + " is no level");
  }

  @Override
  public Opcode opcode() {
    return Opcode.LOG;
  }

  @Override
  public ByteBuffer encode() {
    WireOutput out = new WireOutput(256);
    out.uint8(level.toInt());
    out.text(logger);
    out.text(message);
    out.map(loggingContext);
    out.optionalText(throwable);
    return out.toBuffer();
  }
}
