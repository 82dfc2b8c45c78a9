package dev.baton.process.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two sides, one page. */
class ClaimPageTest {

  @TempDir private Path folder;
  private Path file = Path.of("page");

  @BeforeEach
  void name() {
    file = folder.resolve("page");
  }

  @Test
  void theClaimIsSeenWithItsTimeOnTheOtherSide() throws Exception {
    ClaimPage host = ClaimPage.create(file, 3);
    ClaimPage worker = ClaimPage.open(file);
    assertEquals(3, worker.slots());
    host.offer(2, 77);
    assertFalse(host.isClaimed(2, 77));
    assertTrue(worker.claim(2, 77, 123_456_789L));
    assertTrue(host.isClaimed(2, 77));
    assertEquals(123_456_789L, host.claimedAt(2));
    assertFalse(host.withdraw(2, 77));
    assertFalse(worker.claim(2, 77, 1));
    host.offer(2, 78);
    assertFalse(host.isClaimed(2, 77));
    assertTrue(worker.claim(2, 78, 1));
  }

  @Test
  void aWithdrawnTaskCannotBeClaimed() throws Exception {
    ClaimPage page = ClaimPage.create(file, 1);
    page.offer(0, 5);
    assertTrue(page.withdraw(0, 5));
    assertFalse(page.withdraw(0, 5));
    assertFalse(page.claim(0, 5, 1));
    assertFalse(page.isClaimed(0, 5));
  }

  @Test
  void anEmptySlotAndTheSlotOfAnotherTaskCannotBeClaimedOrWithdrawn() throws Exception {
    ClaimPage page = ClaimPage.create(file, 1);
    assertFalse(page.claim(0, 5, 1));
    assertFalse(page.withdraw(0, 5));
    page.offer(0, 6);
    assertFalse(page.claim(0, 5, 1));
    assertFalse(page.withdraw(0, 5));
    assertTrue(page.claim(0, 6, 1));
    assertFalse(page.isClaimed(0, 5));
  }

  @Test
  void slotsDoNotTouchEachOther() throws Exception {
    ClaimPage page = ClaimPage.create(file, 100);
    for (int slot = 0; slot < 100; slot++) {
      page.offer(slot, 1000 + slot);
    }
    for (int slot = 0; slot < 100; slot += 2) {
      assertTrue(page.claim(slot, 1000 + slot, slot));
    }
    for (int slot = 0; slot < 100; slot++) {
      assertEquals(slot % 2 == 0, page.isClaimed(slot, 1000 + slot));
      assertEquals(slot % 2 == 1, page.withdraw(slot, 1000 + slot));
    }
  }

  @Test
  void theLayoutIsThatOfTheDocument() throws Exception {
    ClaimPage page = ClaimPage.create(file, 2);
    page.offer(1, 5);
    page.claim(1, 5, 99);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
    assertEquals(64 + 2 * 64, bytes.remaining());
    assertEquals(0x4261_746f_6e50_6765L, bytes.getLong(0));
    assertEquals(1, bytes.getInt(8));
    assertEquals(2, bytes.getInt(12));
    assertEquals(0, bytes.getLong(64));
    assertEquals(5 << 2 | 2, bytes.getLong(128));
    assertEquals(99, bytes.getLong(136));
  }

  @Test
  void onlyTheOwnerMayReadAndWriteIt() throws Exception {
    ClaimPage.create(file, 1);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void aFileThatIsThereIsLeftAsItIs() throws Exception {
    Files.writeString(file, "precious");
    assertThrows(FileAlreadyExistsException.class, () -> ClaimPage.create(file, 1));
    assertEquals("precious", Files.readString(file));
  }

  @Test
  void aFolderThatIsNotThereIsAnException() {
    Path missing = folder.resolve("missing").resolve("page");
    assertThrows(IOException.class, () -> ClaimPage.create(missing, 1));
  }

  @Test
  void slotsOutOfRangeAreRefused() throws Exception {
    for (int wrong : new int[] {-1, 0, ClaimPage.MOST_SLOTS + 1}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> ClaimPage.create(file, wrong))
              .getMessage();
      assertTrue(String.valueOf(message).endsWith(": " + wrong), message);
    }
    ClaimPage page = ClaimPage.create(file, 2);
    assertThrows(IndexOutOfBoundsException.class, () -> page.offer(2, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> page.claim(-1, 1, 1));
  }

  @Test
  void whatIsNoPageIsRefused() throws Exception {
    for (byte[] wrong : new byte[][] {{}, new byte[64], new byte[128], withVersion(9)}) {
      Files.write(file, wrong);
      String message = assertThrows(IOException.class, () -> ClaimPage.open(file)).getMessage();
      assertTrue(String.valueOf(message).contains("is not a claim page of version 1"), message);
    }
    Files.write(file, withVersion(1));
    assertEquals(1, ClaimPage.open(file).slots());
  }

  private static byte[] withVersion(int version) {
    ByteBuffer image = ByteBuffer.allocate(128).order(ByteOrder.nativeOrder());
    return image.putLong(0x4261_746f_6e50_6765L).putInt(version).putInt(1).array();
  }

  /** A claim races with a withdrawal in another JVM; both must win at times, and one each time. */
  @Test
  @Timeout(30)
  void ofTwoJvmsExactlyOneGetsEachTask() throws Exception {
    int slots = 1000;
    ClaimPage page = ClaimPage.create(file, slots);
    Process other = start();
    long[] wins = new long[2];
    try (DataOutputStream out = new DataOutputStream(other.getOutputStream());
        DataInputStream in = new DataInputStream(other.getInputStream())) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
      for (long round = 1; round <= 300 && System.nanoTime() < end; round++) {
        race(page, round * slots, in, out, wins);
      }
      out.writeLong(0);
      out.flush();
      assertTrue(other.waitFor(20, TimeUnit.SECONDS));
    } finally {
      other.destroyForcibly();
    }
    assertFalse(other.isAlive());
    assertTrue(wins[0] > 0 && wins[1] > 0, () -> wins[0] + " claimed, " + wins[1] + " withdrawn");
  }

  private static void race(
      ClaimPage page, long first, DataInputStream in, DataOutputStream out, long[] wins)
      throws IOException {
    int slots = page.slots();
    for (int slot = 0; slot < slots; slot++) {
      page.offer(slot, first + slot);
    }
    out.writeLong(first);
    out.flush();
    in.readByte(); // it begins
    byte[] withdrawn = new byte[slots];
    for (int slot = slots - 1; slot >= 0; slot--) { // they meet somewhere
      withdrawn[slot] = (byte) (page.withdraw(slot, first + slot) ? 1 : 0);
    }
    byte[] claimed = in.readNBytes(slots);
    byte[] one = new byte[slots];
    java.util.Arrays.fill(one, (byte) 1);
    byte[] sum = new byte[slots];
    for (int slot = 0; slot < slots; slot++) {
      sum[slot] = (byte) (claimed[slot] + withdrawn[slot]);
      wins[claimed[slot] == 1 ? 0 : 1]++;
      assertEquals(claimed[slot] == 1, page.isClaimed(slot, first + slot));
      assertTrue(claimed[slot] == 0 || page.claimedAt(slot) == first + slot);
    }
    assertArrayEquals(one, sum);
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ClaimRace.class.getName(),
            file.toString());
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
