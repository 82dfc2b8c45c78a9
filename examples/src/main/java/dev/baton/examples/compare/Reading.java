package dev.baton.examples.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What came of reading one file. */
sealed interface Reading extends Serializable {

  /**
   * The file was read.
   *
   * @param sha256 its digest in hexadecimal digits
   * @param bytes its size
   * @param lines how many line ends it has
   */
  record Content(String sha256, long bytes, long lines) implements Reading {}

  /** The file could not be read. */
  record Unreadable() implements Reading {}

  /** Reads a file, which is not a link. */
  static Reading of(Path file) {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return contentOf(in);
    } catch (IOException refused) {
      return new Unreadable();
    }
  }

  private static Content contentOf(InputStream in) throws IOException {
    MessageDigest sha256 = sha256();
    byte[] buffer = new byte[64 * 1024];
    long bytes = 0;
    long lines = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      sha256.update(buffer, 0, read);
      bytes += read;
      for (int i = 0; i < read; i++) {
        if (buffer[i] == '\n') {
          lines++;
        }
      }
    }
    return new Content(HexFormat.of().formatHex(sha256.digest()), bytes, lines);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
    }
  }
}
