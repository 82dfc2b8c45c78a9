package dev.baton.internal.map;

import dev.baton.TaskEncodingException;
import dev.baton.internal.encoding.Codecs;
import dev.baton.internal.encoding.FailureText;
import dev.baton.internal.future.End;
import dev.baton.spi.TaskCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of items of a chunk that follow each other, each encoded on its own, so that one that
 * cannot be encoded or decoded harms no other.
 *
 * <pre>
 *   codec's name, nanoseconds (8 bytes), number of items (4 bytes), the items
 *   an item:   VALUE, the value | FAILURE, the stand-in, the exception
 * </pre>
 *
 * <p>Values, stand-ins and exceptions have a length of 4 bytes in front; that of an exception which
 * cannot be encoded is -1.
 *
 * @param nanos how long the chunk took until then
 * @param ends their ends, in order
 */
record ChunkOutcomes(long nanos, List<Object> ends) {

  private static final int VALUE = 0;
  private static final int FAILURE = 1;
  private static final int ABSENT = -1;

  /** What a worker tells of no items. */
  static final byte[] NOTHING = {};

  /** Collects outcomes, in the worker. */
  static final class Writer {
    private final TaskCodec codec = Codecs.preferred();
    private final ByteArrayOutputStream items = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(items);
    private int count;

    /** Adds what an item returned, or why that cannot be encoded. */
    void value(@Nullable Object value) {
      byte[] encoded;
      try {
        encoded = codec.encode(value);
      } catch (Throwable refused) {
        failure(refused); // one item alone, whatever its own code threw
        return;
      }
      try {
        out.writeByte(VALUE);
        write(encoded, out);
        count++;
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible); // it is written to memory
      }
    }

    /** Adds what an item threw. */
    void failure(Throwable thrown) {
      byte[] standIn = codec.encode(standInFor(thrown));
      byte[] encoded = encode(thrown);
      try {
        out.writeByte(FAILURE);
        write(standIn, out);
        write(encoded, out);
        count++;
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible); // it is written to memory
      }
    }

    private byte @Nullable [] encode(Throwable thrown) {
      try {
        return codec.encode(thrown);
      } catch (Throwable standInMustDo) {
        return null;
      }
    }

    /** Returns how many bytes the outcomes have. */
    int size() {
      return items.size();
    }

    /** Returns the outcomes since the last call; no bytes if there are none. */
    byte[] take(long nanos) {
      byte[] taken = count == 0 ? NOTHING : toBytes(nanos);
      items.reset();
      count = 0;
      return taken;
    }

    byte[] toBytes(long nanos) {
      ByteArrayOutputStream all = new ByteArrayOutputStream(items.size() + 32);
      try (DataOutputStream head = new DataOutputStream(all)) {
        head.writeUTF(codec.name());
        head.writeLong(nanos);
        head.writeInt(count);
        items.writeTo(head);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible); // it is written to memory
      }
      return all.toByteArray();
    }
  }

  private static void write(byte @Nullable [] encoded, DataOutputStream out) throws IOException {
    out.writeInt(encoded == null ? ABSENT : encoded.length);
    if (encoded != null) {
      out.write(encoded);
    }
  }

  private static byte @Nullable [] read(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length == ABSENT ? null : in.readNBytes(length);
  }

  private static String[] standInFor(Throwable thrown) {
    FailureText text = FailureText.of(thrown);
    return new String[] {text.className(), text.message(), text.stackText()};
  }

  /** Decodes what a worker has collected. */
  static ChunkOutcomes of(byte[] bytes, ClassLoader loader) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String name = in.readUTF();
      TaskCodec codec =
          Codecs.named(name)
              .orElseThrow(() -> new TaskEncodingException("There is no codec " + name, null));
      long nanos = in.readLong();
      int count = in.readInt();
      List<Object> ends = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        ends.add(readItem(in, codec, loader));
      }
      return new ChunkOutcomes(nanos, ends);
    } catch (IOException damaged) {
      throw new TaskEncodingException("The results of a chunk are damaged.", damaged);
    }
  }

  private static Object readItem(DataInputStream in, TaskCodec codec, ClassLoader loader)
      throws IOException {
    if (in.readByte() == FAILURE) {
      byte[] standIn = read(in);
      byte[] encoded = read(in);
      return new End.Failed(failure(standIn, encoded, codec, loader));
    }
    byte[] value = read(in);
    try {
      return End.of(value == null ? null : codec.decode(value, loader));
    } catch (Throwable undecodable) { // one item alone, whatever its own code threw
      return new End.Failed(undecodable);
    }
  }

  private static Throwable failure(
      byte @Nullable [] standIn, byte @Nullable [] encoded, TaskCodec codec, ClassLoader loader) {
    if (encoded != null) {
      try {
        if (codec.decode(encoded, loader) instanceof Throwable thrown) {
          return thrown;
        }
      } catch (Throwable standInMustDo) {
        // its class is not here, or refuses: the text that came along says the rest
      }
    }
    return standIn != null && codec.decode(standIn, loader) instanceof String[] text
        ? new FailureText(text[0], text[1], text[2]).toException()
        : new TaskEncodingException("What an item threw cannot be told.", null);
  }
}
