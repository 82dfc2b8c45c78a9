package dev.baton.internal.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.TaskEncodingException;
import dev.baton.internal.encoding.Codecs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  private static final int RECORDS = 5;
  private static final Header HEADER = new Header(Codecs.preferred().name(), "job");

  @TempDir private Path folder;
  private Path file = Path.of("journal");

  @BeforeEach
  void nameFile() {
    file = folder.resolve("journal");
  }

  private Journal open() {
    return Journal.open(file, "job", JournalTest.class.getClassLoader(), 2);
  }

  private void write() {
    try (Journal journal = open()) {
      for (int i = 0; i < RECORDS; i++) {
        journal.append("key-" + i, "value-" + i);
      }
    }
  }

  /** Tells how many of the first records are there, after which none may be. */
  private int readable() {
    try (Journal journal = open()) {
      int count = 0;
      while (journal.has("key-" + count)) {
        assertEquals("value-" + count, journal.value("key-" + count));
        count++;
      }
      for (int i = count; i < RECORDS; i++) {
        assertFalse(journal.has("key-" + i));
      }
      return count;
    }
  }

  @Test
  void anInterruptLosesNothing() {
    write();
    try (Journal journal = open()) {
      Thread.currentThread().interrupt();
      assertEquals("value-0", journal.value("key-0"));
      for (int i = 0; i < RECORDS; i++) {
        journal.append("more-" + i, "value-" + i);
      }
    }
    assertTrue(Thread.interrupted());
    assertEquals(RECORDS, readable());
    try (Journal journal = open()) {
      assertEquals("value-4", journal.value("more-4"));
    }
  }

  @Test
  void whatWasAppendedIsFoundByTheNext() {
    write();
    assertEquals(RECORDS, readable());
    assertEquals(RECORDS, readable(), "reading changes nothing");
  }

  @Test
  void aTornTailIsIgnoredWhereverItIsTorn() throws IOException {
    write();
    byte[] whole = Files.readAllBytes(file);
    int last = RECORDS;
    for (int length = whole.length - 1; length >= 0; length--) {
      Files.write(file, Arrays.copyOf(whole, length));
      int readable = readable();
      assertTrue(readable <= last && readable >= last - 2, "at " + length + ": " + readable);
      last = readable;
    }
    assertEquals(0, last);
  }

  @Test
  void aLastBatchOfWhichOnlyALaterPartReachedTheDiskIsDropped() throws IOException {
    try (Journal journal = open()) {
      journal.append("key-0", "value-0");
      journal.sync();
      journal.append("key-1", "x".repeat(10_000));
      journal.append("key-2", "value-2");
    }
    byte[] torn = Files.readAllBytes(file);
    Arrays.fill(torn, 4096, 8192, (byte) 0);
    Files.write(file, torn);
    assertEquals(1, readable());
  }

  @Test
  void afterATornTailTheJournalGoesOn() throws IOException {
    write();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 3));
    try (Journal journal = open()) {
      journal.append("key-4", "value-4");
    }
    assertEquals(RECORDS, readable());
  }

  @Test
  void zerosAtTheEndAreATornTail() throws IOException {
    write();
    Files.write(file, new byte[10_000], StandardOpenOption.APPEND);
    assertEquals(RECORDS, readable());
  }

  @Test
  void damageBeforeWholeRecordsIsAnError() throws IOException {
    write();
    long lastBatch = Files.size(file);
    try (Journal journal = open()) {
      journal.append("more", "value");
    }
    byte[] whole = Files.readAllBytes(file);
    int first = HEADER.toBytes().length;
    for (int at = first; at < lastBatch; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);
      UncheckedIOException refused = assertThrows(UncheckedIOException.class, this::open);
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.contains("damaged at byte") && message.contains("delete it"), message);
    }
  }

  private JournalFile openFile() throws IOException {
    return JournalFile.open(file, new RandomAccessFile(file.toFile(), "rw"), HEADER);
  }

  @Test
  void damageIsSeenWhereverTheWholeBatchAfterItBegins() throws IOException {
    int block = 64 * 1024; // so much is searched at a time
    for (int length = block - 32; length < block; length++) {
      Files.deleteIfExists(file);
      try (JournalFile journal = openFile()) {
        journal.append(new byte[1], new byte[length]);
        journal.sync();
        journal.append(new byte[1], new byte[1]);
      }
      byte[] damaged = Files.readAllBytes(file);
      damaged[HEADER.toBytes().length] ^= 0x10;
      Files.write(file, damaged);
      assertThrows(UncheckedIOException.class, this::open, "length " + length);
    }
  }

  @Test
  void whatIsOnTheDiskIsNotWrittenAgain() throws IOException {
    write();
    try (JournalFile journal = openFile()) {
      List<byte[]> keys = new ArrayList<>();
      journal.readAll((key, value) -> keys.add(key));
      assertEquals(RECORDS, keys.size());
    }
  }

  /** A file of which one write comes no further than its half. */
  private static final class FullOnce extends RandomAccessFile {
    boolean isFull;

    FullOnce(Path path) throws IOException {
      super(path.toFile(), "rw");
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      if (isFull) {
        isFull = false;
        write(bytes, 0, bytes.length / 2);
        throw new IOException("No space left on device");
      }
      super.write(bytes);
    }
  }

  @Test
  void whatAFailedWriteHasLeftIsOverwrittenByTheNext() throws IOException {
    write();
    FullOnce full = new FullOnce(file);
    try (JournalFile journal = JournalFile.open(file, full, HEADER)) {
      journal.readAll((key, value) -> {});
      journal.append(Codecs.preferred().encode("more-0"), Codecs.preferred().encode("value-0"));
      full.isFull = true;
      assertThrows(IOException.class, journal::sync);
      journal.append(Codecs.preferred().encode("more-1"), Codecs.preferred().encode("value-1"));
      journal.sync();
      assertEquals(0, journal.unsynced());
    }
    assertEquals(RECORDS, readable());
    try (Journal journal = open()) {
      assertEquals("value-0", journal.value("more-0"));
      assertEquals("value-1", journal.value("more-1"));
    }
  }

  @Test
  void aFileOfSomethingElseIsLeftAlone() throws IOException {
    Files.writeString(file, "somebody's poem, much longer than any header of ours could be");
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, this::open);
    assertTrue(String.valueOf(refused.getMessage()).contains("is not a journal"));
    assertTrue(Files.readString(file).startsWith("somebody's poem"));
  }

  @Test
  void anotherJobOrCodecIsNamed() throws IOException {
    write();
    ClassLoader loader = JournalTest.class.getClassLoader();
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class, () -> Journal.open(file, "other", loader, 2))
                .getMessage());
    assertTrue(message.contains("of another job, job; this one is other"), message);
    Files.write(file, new Header("portable", "job").toBytes());
    message = String.valueOf(assertThrows(IllegalArgumentException.class, this::open).getMessage());
    assertTrue(message.contains("dev.baton:baton-process"), message);
  }

  @Test
  void theFileIsItsOwnersOnly() throws IOException {
    write();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void recordsAreForcedToTheDiskInBatches() throws IOException {
    try (Journal journal = open()) {
      journal.sync();
      long before = Files.size(file);
      journal.append("key-0", 0);
      journal.append("key-1", 1);
      assertEquals(0, journal.unsynced());
      assertTrue(Files.size(file) > before);
    }
  }

  @Test
  void aRecordIsForcedToTheDiskOnceATenthOfASecondHasPassed() {
    long begin = System.nanoTime();
    try (Journal journal = Journal.open(file, "job", getClass().getClassLoader(), 1_000)) {
      await().until(() -> System.nanoTime() - begin > TimeUnit.MILLISECONDS.toNanos(200));
      journal.append("key-0", 0);
      assertEquals(0, journal.unsynced());
    }
  }

  @Test
  void aTornTailThatHoldsAnotherJournalIsATornTail() throws IOException {
    write();
    byte[] another = Files.readAllBytes(file);
    Files.delete(file);
    write();
    try (Journal journal = open()) {
      journal.append("journal", another);
    }
    try (RandomAccessFile torn = new RandomAccessFile(file.toFile(), "rw")) {
      torn.setLength(torn.length() - 1);
    }
    assertEquals(RECORDS, readable());
  }

  @Test
  void aJournalThatIsOpenIsInUse() {
    try (Journal journal = open()) {
      assertEquals(0, journal.unsynced());
      assertThrows(IllegalStateException.class, this::open);
    }
    write();
  }

  @Test
  void whatCannotBeEncodedIsNotAdded() {
    try (Journal journal = open()) {
      assertThrows(TaskEncodingException.class, () -> journal.append("key-0", new Object()));
    }
    assertEquals(0, readable());
  }
}
