package dev.baton.process.wire;

import java.nio.ByteBuffer;

/** Bytes as text, for messages. */
final class HexDump {

  private static final int PER_LINE = 16;

  private HexDump() {}

  /** Shows the bytes from one index up to another, with a {@code >} before the one at mark. */
  static String of(ByteBuffer bytes, int from, int to, int mark) {
    StringBuilder text = new StringBuilder();
    for (int line = from; line < to; line += PER_LINE) {
      int end = Math.min(to, line + PER_LINE);
      appendHex(text, bytes, line, end, mark);
      text.append(" ".repeat(3 * (line + PER_LINE - end))).append("  ");
      appendText(text, bytes, line, end);
      text.append(end < to ? "\n" : "");
    }
    return text.isEmpty() ? "(none)" : text.toString();
  }

  private static void appendHex(StringBuilder text, ByteBuffer bytes, int from, int to, int mark) {
    for (int i = from; i < to; i++) {
      byte value = bytes.get(i);
      text.append(i == mark ? '>' : ' ')
          .append(Character.forDigit((value >> 4) & 0xF, 16))
          .append(Character.forDigit(value & 0xF, 16));
    }
  }

  private static void appendText(StringBuilder text, ByteBuffer bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte value = bytes.get(i);
      text.append(value >= ' ' && value < 0x7F ? (char) value : '.');
    }
  }
}
