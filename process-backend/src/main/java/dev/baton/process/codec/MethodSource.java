package dev.baton.process.codec;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a method stands in the source, from what the compiler left in its class file. It is read
 * only for a message, so it need not be quick.
 */
record MethodSource(@Nullable String file, int line, Map<Integer, String> variables) {

  /** What is said of a method of which nothing is known. */
  static final MethodSource UNKNOWN = new MethodSource(null, -1, Map.of());

  /** Reads a class file; what cannot be read leaves the method unknown. */
  static MethodSource find(
      @Nullable ClassLoader loader, String className, String method, String signature) {
    String resource = className + ".class";
    try (InputStream bytes =
        loader == null
            ? ClassLoader.getSystemResourceAsStream(resource)
            : loader.getResourceAsStream(resource)) {
      return bytes == null
          ? UNKNOWN
          : new Parser(new DataInputStream(bytes), method, signature).parse();
    } catch (IOException | RuntimeException unreadable) {
      return UNKNOWN; // the message then names the method
    }
  }

  /** A reader of class files, as far as this is about one method; JVMS chapter 4. */
  private static final class Parser {

    private static final int MAGIC = 0xCAFEBABE;

    private final DataInputStream in;
    private final String method;
    private final String signature;
    private final Map<Integer, String> texts = new HashMap<>();
    private final Map<Integer, String> variables = new HashMap<>();
    private @Nullable String file;
    private int line = -1;

    Parser(DataInputStream in, String method, String signature) {
      this.in = in;
      this.method = method;
      this.signature = signature;
    }

    MethodSource parse() throws IOException {
      if (in.readInt() != MAGIC) {
        return UNKNOWN;
      }
      in.skipNBytes(4); // versions
      readConstants();
      in.skipNBytes(6); // access, this, super
      in.skipNBytes(2L * in.readUnsignedShort()); // interfaces
      readMembers(false);
      readMembers(true);
      readAttributes(false);
      return new MethodSource(file, line, variables);
    }

    private void readConstants() throws IOException {
      int count = in.readUnsignedShort();
      for (int i = 1; i < count; i++) {
        int tag = in.readUnsignedByte();
        switch (tag) {
          case 1 -> texts.put(i, in.readUTF());
          case 5, 6 -> { // long and double take two places
            in.skipNBytes(8);
            i++;
          }
          case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
          case 15 -> in.skipNBytes(3);
          default -> in.skipNBytes(4);
        }
      }
    }

    private void readMembers(boolean methods) throws IOException {
      for (int left = in.readUnsignedShort(); left > 0; left--) {
        in.skipNBytes(2); // access
        boolean named = method.equals(texts.get(in.readUnsignedShort()));
        boolean signed = signature.equals(texts.get(in.readUnsignedShort()));
        readAttributes(methods && named && signed);
      }
    }

    private void readAttributes(boolean wanted) throws IOException {
      for (int left = in.readUnsignedShort(); left > 0; left--) {
        String name = texts.getOrDefault(in.readUnsignedShort(), "");
        long length = Integer.toUnsignedLong(in.readInt());
        switch (name) {
          case "SourceFile" -> file = texts.get(in.readUnsignedShort());
          case "Code" -> readCode(wanted, length);
          case "LineNumberTable" -> readLines();
          case "LocalVariableTable" -> readVariables();
          default -> in.skipNBytes(length);
        }
      }
    }

    private void readCode(boolean wanted, long length) throws IOException {
      if (!wanted) {
        in.skipNBytes(length);
        return;
      }
      in.skipNBytes(4); // stack, locals
      in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
      in.skipNBytes(8L * in.readUnsignedShort()); // exception table
      readAttributes(true);
    }

    private void readLines() throws IOException {
      for (int left = in.readUnsignedShort(); left > 0; left--) {
        int start = in.readUnsignedShort();
        int number = in.readUnsignedShort();
        if (start == 0) {
          line = number;
        }
      }
    }

    private void readVariables() throws IOException {
      for (int left = in.readUnsignedShort(); left > 0; left--) {
        int start = in.readUnsignedShort();
        in.skipNBytes(2); // length
        String name = texts.get(in.readUnsignedShort());
        in.skipNBytes(2); // type
        int slot = in.readUnsignedShort();
        if (start == 0 && name != null) {
          variables.put(slot, name);
        }
      }
    }
  }
}
