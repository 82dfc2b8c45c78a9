package dev.baton.process.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a payload. Nothing is allocated for a length or a count before it is known
 * that so many bytes are there.
 */
final class WireInput {

  private final Opcode opcode;
  private final long id;
  private final ByteBuffer payload;
  private final int start;

  /** Where the part begins that is being read. */
  private int part;

  WireInput(Opcode opcode, long id, ByteBuffer payload) {
    this.opcode = opcode;
    this.id = id;
    this.payload = payload;
    this.start = payload.position();
    this.part = start;
  }

  /** Makes an exception about the part that was read last. */
  WireException malformed(String what) {
    return WireException.inPayload(what, opcode, id, payload, start, part);
  }

  int uint8(String what) throws WireException {
    need(1, what);
    return payload.get() & 0xFF;
  }

  int int32(String what) throws WireException {
    need(Integer.BYTES, what);
    return payload.getInt();
  }

  long int64(String what) throws WireException {
    need(Long.BYTES, what);
    return payload.getLong();
  }

  /** Reads a time that is longer than none. */
  Duration duration(String what) throws WireException {
    long seconds = int64("the seconds of " + what);
    int nanos = int32("the nanoseconds of " + what);
    if (seconds < 0 || nanos < 0 || nanos >= 1_000_000_000 || (seconds | nanos) == 0) {
      throw malformed(seconds + " s and " + nanos + " ns is no time that " + what + " may have");
    }
    return Duration.ofSeconds(seconds, nanos);
  }

  /** Reads which attempt at a body is meant, from 1. */
  int attempt() throws WireException {
    int attempt = count("the attempt");
    if (attempt == 0) {
      throw malformed("The attempt is 0, where the first is 1");
    }
    return attempt;
  }

  /** Reads a number that is not negative, seven bits a byte, the low ones first. */
  int count(String what) throws WireException {
    part = payload.position();
    long value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      if (!payload.hasRemaining()) {
        throw malformed("The payload ends within " + what);
      }
      byte next = payload.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return checkedCount(value, what);
      }
    }
    throw malformed("The number of " + what + " has more than five bytes");
  }

  private int checkedCount(long value, String what) throws WireException {
    if (value > Integer.MAX_VALUE) {
      throw malformed("The number of " + what + " is " + value);
    }
    return (int) value;
  }

  String text(String what) throws WireException {
    return text(count("the length of " + what), what);
  }

  @Nullable String optionalText(String what) throws WireException {
    int length = count("the length of " + what);
    return length == 0 ? null : text(length - 1, what);
  }

  private String text(int length, String what) throws WireException {
    need(length, what);
    int end = payload.position() + length;
    try {
      ByteBuffer encoded = payload.slice(payload.position(), length);
      payload.position(end);
      return StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
    } catch (CharacterCodingException malformed) {
      throw malformed(what + " is not UTF-8");
    }
  }

  List<String> texts(String what) throws WireException {
    int size = size(what, 1);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      texts.add(text(what));
    }
    return Collections.unmodifiableList(texts);
  }

  Map<String, String> map(String what) throws WireException {
    int size = size(what, 2);
    if (size == 0) {
      return Map.of();
    }
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      String key = text(what);
      if (map.put(key, text(what)) != null) {
        throw malformed(what + " has the key \"" + key + "\" twice");
      }
    }
    return Collections.unmodifiableMap(map);
  }

  private int size(String what, int least) throws WireException {
    int size = count("the size of " + what);
    if (size > payload.remaining() / least) {
      throw malformed("The size of %s is %d, too many for what is left".formatted(what, size));
    }
    return size;
  }

  /** Checks that all was read. */
  void end() throws WireException {
    part = payload.position();
    if (payload.hasRemaining()) {
      throw malformed(payload.remaining() + " bytes are left over");
    }
  }

  private void need(int count, String what) throws WireException {
    part = payload.position();
    if (payload.remaining() < count) {
      throw malformed(
          "%s has %d bytes, where %d are left".formatted(what, count, payload.remaining()));
    }
  }
}
