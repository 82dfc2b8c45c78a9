package dev.baton.process.wire;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** The lock by which the maker of a file shows others that it is in use. */
final class FileInUse {

  /** A byte that is no part of the file: where locks are binding, nobody is kept from reading. */
  private static final long WHERE = Long.MAX_VALUE - 1;

  private FileInUse() {}

  /**
   * Locks a new file until it is closed.
   *
   * @throws IOException if it cannot be locked
   */
  static void lock(FileChannel file) throws IOException {
    if (file.tryLock(WHERE, 1, false) == null) {
      throw new IOException("Another process has locked a new file");
    }
  }
}
