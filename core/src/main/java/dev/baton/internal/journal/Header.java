package dev.baton.internal.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What stands at the beginning of a journal: eight bytes that name the format, then codec and job,
 * each with its length in two bytes in front.
 *
 * @param codec by which keys and values are encoded
 * @param job whose results they are
 */
record Header(String codec, String job) {

  private static final long FORMAT = 0x4241544F_4E4A3032L; // "BATONJ02"

  /** More than two texts can take. */
  static final int MOST_BYTES = 8 + 2 * (2 + 65_535);

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(FORMAT);
      out.writeUTF(codec);
      out.writeUTF(job);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // it is written to memory
    }
    return bytes.toByteArray();
  }

  /** Reads the header of a file that begins with other bytes than ours; null if it has none. */
  static @Nullable Header of(byte[] beginning) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(beginning))) {
      return in.readLong() == FORMAT ? new Header(in.readUTF(), in.readUTF()) : null;
    } catch (IOException tooShort) {
      return null;
    }
  }

  /** Says why a file with another header cannot be gone on with, and what to do. */
  IllegalArgumentException mismatch(Path path, @Nullable Header other) {
    if (other == null) {
      return new IllegalArgumentException(
          path + " is not a journal of Baton's. Give the map a file of its own.");
    }
    if (!other.codec.equals(codec)) {
      String cure =
          codec.equals("jdk") ? "Add dev.baton:baton-process to the class path" : "Go without it";
      return new IllegalArgumentException(
          String.format(
              "Journal %s was written with codec \"%s\", and this program has codec \"%s\". %s, or"
                  + " delete the file to begin anew.",
              path, other.codec, codec, cure));
    }
    return new IllegalArgumentException(
        String.format(
            "Journal %s is of another job, %s; this one is %s. Give the map a file of its own, or"
                + " delete this one to begin anew.",
            path, other.job, job));
  }
}
