package dev.baton.process.codec;

import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Values without an identity: null, boxes and strings. */
final class Scalars {

  private Scalars() {}

  /** Writes a value if it is one of these. */
  static boolean write(@Nullable Object value, Output out) {
    if (value == null) {
      out.write(Tag.NULL);
    } else if (value instanceof String text) {
      writeString(text, out);
    } else if (value instanceof Number number) {
      return writeNumber(number, out);
    } else if (value instanceof Boolean flag) {
      out.write(flag ? Tag.TRUE : Tag.FALSE);
    } else if (value instanceof Character letter) {
      out.write(Tag.CHAR);
      out.room(Character.BYTES).putChar(letter);
    } else {
      return false;
    }
    return true;
  }

  private static boolean writeNumber(Number value, Output out) {
    if (value instanceof Integer number) {
      out.write(Tag.INT);
      out.writeSigned(number);
    } else if (value instanceof Long number) {
      out.write(Tag.LONG);
      out.writeSigned(number);
    } else if (value instanceof Double number) {
      out.write(Tag.DOUBLE);
      out.writeLong(Double.doubleToRawLongBits(number));
    } else if (value instanceof Float number) {
      out.write(Tag.FLOAT);
      out.writeInt(Float.floatToRawIntBits(number));
    } else if (value instanceof Byte number) {
      out.write(Tag.BYTE);
      out.write(number);
    } else if (value instanceof Short number) {
      out.write(Tag.SHORT);
      out.writeSigned(number);
    } else {
      return false;
    }
    return true;
  }

  /** Writes a string with one byte a character, and all again with two if that loses something. */
  static void writeString(String text, Output out) {
    int start = out.size();
    int length = text.length();
    out.write(Tag.LATIN);
    out.writeUnsigned(length);
    int at = out.skip(length);
    byte[] bytes = out.array();
    for (int i = 0; i < length; i++) {
      char letter = text.charAt(i);
      if (letter > 0xFF) {
        out.truncate(start);
        writeWide(text, out);
        return;
      }
      bytes[at + i] = (byte) letter;
    }
  }

  private static void writeWide(String text, Output out) {
    if (text.length() > Integer.MAX_VALUE / Character.BYTES) {
      throw new PayloadTooLargeException((long) text.length() * Character.BYTES);
    }
    out.write(Tag.WIDE);
    out.writeUnsigned(text.length());
    out.room(text.length() * Character.BYTES).asCharBuffer().put(text);
  }

  /** Tells whether a tag is that of one of these. */
  static boolean has(int tag) {
    return tag <= Tag.WIDE;
  }

  /** Reads the value that follows a tag. */
  static @Nullable Object read(int tag, Input in) throws StreamCorruptedException {
    return switch (tag) {
      case Tag.NULL -> null;
      case Tag.TRUE -> true;
      case Tag.FALSE -> false;
      case Tag.BYTE -> (byte) in.readByte();
      case Tag.SHORT -> (short) in.readSigned();
      case Tag.CHAR -> in.take(Character.BYTES).getChar();
      case Tag.INT -> (int) in.readSigned();
      case Tag.LONG -> in.readSigned();
      case Tag.FLOAT -> Float.intBitsToFloat(in.readInt());
      case Tag.DOUBLE -> Double.longBitsToDouble(in.readLong());
      case Tag.LATIN -> readLatin(in);
      case Tag.WIDE ->
          in.take(in.readLength(Character.BYTES) * Character.BYTES).asCharBuffer().toString();
      default -> throw in.damaged("a tag of " + tag);
    };
  }

  /** Reads a string that has its tag in front. */
  static String readString(Input in) throws StreamCorruptedException {
    int tag = in.readByte();
    if (tag != Tag.LATIN && tag != Tag.WIDE) {
      throw in.damaged("a tag of " + tag + " where a string is due");
    }
    return String.valueOf(read(tag, in));
  }

  private static String readLatin(Input in) throws StreamCorruptedException {
    ByteBuffer letters = in.take(in.readLength(1));
    if (letters.hasArray()) {
      int start = letters.arrayOffset() + letters.position();
      return new String(letters.array(), start, letters.remaining(), StandardCharsets.ISO_8859_1);
    }
    return StandardCharsets.ISO_8859_1.decode(letters).toString();
  }
}
