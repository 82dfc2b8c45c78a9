package dev.baton.process.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a payload together. */
final class WireOutput {

  private byte[] bytes;
  private int length;

  WireOutput(int capacity) {
    this.bytes = new byte[capacity];
  }

  /** Returns what was put. */
  ByteBuffer toBuffer() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  void uint8(int value) {
    need(1);
    bytes[length++] = (byte) value;
  }

  void int32(int value) {
    need(Integer.BYTES);
    ByteBuffer.wrap(bytes).putInt(length, value);
    length += Integer.BYTES;
  }

  void int64(long value) {
    need(Long.BYTES);
    ByteBuffer.wrap(bytes).putLong(length, value);
    length += Long.BYTES;
  }

  void duration(Duration value) {
    int64(value.getSeconds());
    int32(value.getNano());
  }

  /** Puts a number that is not negative, seven bits a byte, the low ones first. */
  void count(int value) {
    int rest = value;
    while (rest >= 0x80) {
      uint8(rest | 0x80);
      rest >>>= 7;
    }
    uint8(rest);
  }

  /** Puts a text; half a surrogate pair becomes a question mark. */
  void text(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    count(encoded.length);
    put(encoded);
  }

  /** Puts zero for null, else a text with its length plus one. */
  void optionalText(@Nullable String text) {
    if (text == null) {
      count(0);
    } else {
      byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
      count(encoded.length + 1);
      put(encoded);
    }
  }

  void texts(List<String> texts) {
    count(texts.size());
    texts.forEach(this::text);
  }

  /** Puts a map; an entry without a value, which a logging context may have, is left out. */
  void map(Map<String, String> map) {
    count((int) map.values().stream().filter(Objects::nonNull).count());
    map.forEach(
        (key, value) -> {
          if (value != null) {
            text(key);
            text(value);
          }
        });
  }

  private void put(byte[] more) {
    need(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  private void need(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
  }
}
