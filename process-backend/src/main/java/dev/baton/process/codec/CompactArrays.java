package dev.baton.process.codec;

import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Arrays of primitives and of strings, copied in one go. */
final class CompactArrays {

  private CompactArrays() {}

  /** Writes a value if it is one of these. */
  static boolean write(Object value, Output out) {
    if (value instanceof byte[] array) {
      writeBytes(array, out);
    } else if (value instanceof int[] array) {
      room(Tag.INTS, array.length, Integer.BYTES, out).asIntBuffer().put(array);
    } else if (value instanceof long[] array) {
      room(Tag.LONGS, array.length, Long.BYTES, out).asLongBuffer().put(array);
    } else if (value instanceof double[] array) {
      room(Tag.DOUBLES, array.length, Double.BYTES, out).asDoubleBuffer().put(array);
    } else {
      return writeRarer(value, out);
    }
    return true;
  }

  private static void writeBytes(byte[] array, Output out) {
    if (out.isApart(array.length)) {
      out.write(Tag.APART);
      begin(Tag.BYTES, array.length, out);
      out.addPiece(array);
    } else {
      begin(Tag.BYTES, array.length, out);
      out.write(array, 0, array.length);
    }
  }

  /** Writes what stands before the elements, and returns where they go. */
  private static ByteBuffer room(int tag, int length, int bytesEach, Output out) {
    int size = size(length, bytesEach);
    if (out.isApart(size)) {
      out.write(Tag.APART);
      begin(tag, length, out);
      return out.addPiece(size);
    }
    begin(tag, length, out);
    return out.room(size);
  }

  private static boolean writeRarer(Object value, Output out) {
    if (value instanceof float[] array) {
      room(Tag.FLOATS, array.length, Float.BYTES, out).asFloatBuffer().put(array);
    } else if (value instanceof char[] array) {
      room(Tag.CHARS, array.length, Character.BYTES, out).asCharBuffer().put(array);
    } else if (value instanceof short[] array) {
      room(Tag.SHORTS, array.length, Short.BYTES, out).asShortBuffer().put(array);
    } else if (value instanceof boolean[] array) {
      writeBooleans(array, out);
    } else if (value.getClass() == String[].class) {
      writeStrings((@Nullable String[]) value, out);
    } else {
      return false;
    }
    return true;
  }

  private static void begin(int tag, int length, Output out) {
    out.write(tag);
    out.writeUnsigned(length);
  }

  private static int size(int length, int bytesEach) {
    long size = (long) length * bytesEach;
    if (size > Integer.MAX_VALUE) {
      throw new PayloadTooLargeException(size);
    }
    return (int) size;
  }

  private static void writeBooleans(boolean[] array, Output out) {
    begin(Tag.BOOLEANS, array.length, out);
    for (boolean element : array) {
      out.write(element ? 1 : 0);
    }
  }

  private static void writeStrings(@Nullable String[] array, Output out) {
    begin(Tag.STRINGS, array.length, out);
    for (String element : array) {
      Scalars.write(element, out);
    }
  }

  /** Tells whether a tag is that of one of these. */
  static boolean has(int tag) {
    return tag >= Tag.BOOLEANS && tag <= Tag.STRINGS;
  }

  /** Reads the array that follows a tag, if the filter lets it through. */
  static Object read(int tag, Input in, DecodingFilter filter) throws StreamCorruptedException {
    int length = in.readLength(bytesEach(tag));
    return fill(make(tag, length, filter), length, in);
  }

  /** Reads an array whose elements are a piece; a piece that is one already becomes the array. */
  static Object readApart(Input in, ByteBuffer piece, DecodingFilter filter)
      throws StreamCorruptedException {
    int tag = in.readByte();
    long length = in.readUnsigned();
    if (!has(tag) || tag == Tag.STRINGS || length != piece.remaining() / bytesEach(tag)) {
      throw in.damaged("a tag of " + tag + " and " + length + " elements for a piece");
    }
    if (tag == Tag.BYTES && isWholeArray(piece)) {
      filter.require(byte[].class, length);
      return arrayOf(piece);
    }
    return fill(make(tag, (int) length, filter), (int) length, new Input(piece));
  }

  @SuppressWarnings("ByteBufferBackingArray") // it is known to be all of it
  private static Object arrayOf(ByteBuffer piece) {
    return piece.array();
  }

  private static boolean isWholeArray(ByteBuffer piece) {
    return piece.hasArray()
        && piece.arrayOffset() == 0
        && piece.array().length == piece.remaining();
  }

  private static Object fill(Object array, int length, Input in) throws StreamCorruptedException {
    if (array instanceof byte[] bytes) {
      in.take(length).get(bytes);
    } else if (array instanceof int[] ints) {
      in.take(length * Integer.BYTES).asIntBuffer().get(ints);
    } else if (array instanceof long[] longs) {
      in.take(length * Long.BYTES).asLongBuffer().get(longs);
    } else if (array instanceof double[] doubles) {
      in.take(length * Double.BYTES).asDoubleBuffer().get(doubles);
    } else {
      readRarer(array, length, in);
    }
    return array;
  }

  private static void readRarer(Object array, int length, Input in)
      throws StreamCorruptedException {
    if (array instanceof float[] floats) {
      in.take(length * Float.BYTES).asFloatBuffer().get(floats);
    } else if (array instanceof char[] chars) {
      in.take(length * Character.BYTES).asCharBuffer().get(chars);
    } else if (array instanceof short[] shorts) {
      in.take(length * Short.BYTES).asShortBuffer().get(shorts);
    } else if (array instanceof boolean[] booleans) {
      for (int i = 0; i < length; i++) {
        booleans[i] = in.readByte() != 0;
      }
    } else {
      readStrings((@Nullable String[]) array, in);
    }
  }

  private static void readStrings(@Nullable String[] array, Input in)
      throws StreamCorruptedException {
    for (int i = 0; i < array.length; i++) {
      int tag = in.readByte();
      if (tag != Tag.NULL && tag != Tag.LATIN && tag != Tag.WIDE) {
        throw in.damaged("a tag of " + tag + " where a string is due");
      }
      array[i] = (String) Scalars.read(tag, in);
    }
  }

  private static int bytesEach(int tag) {
    return switch (tag) {
      case Tag.SHORTS, Tag.CHARS -> Short.BYTES;
      case Tag.INTS, Tag.FLOATS -> Integer.BYTES;
      case Tag.LONGS, Tag.DOUBLES -> Long.BYTES;
      default -> 1;
    };
  }

  private static Object make(int tag, int length, DecodingFilter filter)
      throws StreamCorruptedException {
    Class<?> element =
        switch (tag) {
          case Tag.BOOLEANS -> boolean.class;
          case Tag.BYTES -> byte.class;
          case Tag.SHORTS -> short.class;
          case Tag.CHARS -> char.class;
          case Tag.INTS -> int.class;
          case Tag.LONGS -> long.class;
          case Tag.FLOATS -> float.class;
          case Tag.DOUBLES -> double.class;
          default -> String.class;
        };
    filter.require(element.arrayType(), length);
    return java.lang.reflect.Array.newInstance(element, length);
  }
}
