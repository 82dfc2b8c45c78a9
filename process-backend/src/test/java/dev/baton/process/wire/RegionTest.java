package dev.baton.process.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegionTest {

  private static final int LARGE = 5 * Region.SLOT_BYTES + 77;

  @TempDir private Path directory;

  private Path file;
  private Region parents;
  private Region workers;

  private final Seen.Sink sink = new Seen.Sink();
  private final PayloadAssembly assembly =
      new PayloadAssembly(Direction.TO_WORKER, 1_000_000_000, sink);

  @BeforeEach
  void share() throws IOException {
    file = directory.resolve("region");
    parents = Region.create(file);
    workers = Region.open(file);
    assembly.use(workers);
  }

  @AfterEach
  void letGo() throws IOException {
    parents.close();
    workers.close();
  }

  private static ByteBuffer random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }

  private FrameWriter writerTo(OutputStream out, Framing framing) {
    FrameWriter writer = new FrameWriter(framing, out, Framing.LARGEST_FRAME, Streams.RAISE);
    writer.use(parents, Direction.TO_WORKER);
    return writer;
  }

  /** Reads at once what is written, as a receiver that keeps up. */
  private OutputStream readBy(Framing framing, List<Integer> writes) {
    FrameDecoder decoder = framing.decoder(Direction.TO_WORKER, bytes -> {});
    return new OutputStream() {
      @Override
      public void write(int value) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        writes.add(length);
        decoder.decode(ByteBuffer.wrap(bytes, offset, length), assembly);
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void aLargePayloadGoesThroughTheRegionAndArrivesWhole(Framing framing) throws IOException {
    List<Integer> writes = new ArrayList<>();
    writerTo(readBy(framing, writes), framing).write(Frame.of(Opcode.TASK, 1, random(LARGE)));
    assertEquals(List.of(new Seen(Opcode.TASK, 1, random(LARGE))), sink.payloads);
    int piped = writes.stream().mapToInt(Integer::intValue).sum();
    assertTrue(piped < 2 * Framing.LARGEST_FRAME, () -> piped + " bytes in the pipe");
  }

  @Test
  void piecesArriveEachInAnArrayOfItsOwn() throws IOException {
    FrameWriter writer = writerTo(readBy(Framing.PLAIN, new ArrayList<>()), Framing.PLAIN);
    List<ByteBuffer> pieces = List.of(random(LARGE), random(3), random(Region.SLOT_BYTES));
    writer.write(Samples.headFor(3).frame(7, Samples.ascii("body"), pieces));
    ByteBuffer expected = ByteBuffer.allocate(6 + LARGE + 3 + Region.SLOT_BYTES);
    expected.put(Samples.headFor(3).encode()).put(Samples.ascii("body"));
    pieces.forEach(piece -> expected.put(piece.duplicate()));
    assertEquals(List.of(new Seen(Opcode.TASK, 7, expected.flip())), sink.payloads);
    assertEquals(List.of(3), sink.pieceCounts);
  }

  @Test
  void whatTheReceiverDoesNotEmptyGoesThroughThePipe() throws IOException {
    ByteArrayOutputStream unread = new ByteArrayOutputStream();
    FrameWriter writer = writerTo(unread, Framing.PLAIN);
    int length = 2 * Region.SLOTS * Region.SLOT_BYTES;
    writer.write(Frame.of(Opcode.TASK, 1, random(length)));
    int mapped = Region.SLOTS * Region.SLOT_BYTES;
    assertTrue(unread.size() > length - mapped, () -> unread.size() + " bytes in the pipe");
    Framing.PLAIN
        .decoder(Direction.TO_WORKER, bytes -> {})
        .decode(ByteBuffer.wrap(unread.toByteArray()), assembly);
    assertEquals(List.of(new Seen(Opcode.TASK, 1, random(length))), sink.payloads);
  }

  @Test
  void aSlotMoreIsUsedOnlyWhileTheOthersAreFull() throws IOException {
    RegionWriter writer = new RegionWriter(parents, Direction.TO_HOST);
    Frame frame = Frame.of(Opcode.RESULT, 1, random(LARGE));
    for (int i = 0; i < 10; i++) {
      assertEquals(0, writer.fill(1, frame, 10));
      parents.setFree(Direction.TO_HOST, 0);
    }
    assertEquals(0, writer.fill(1, frame, 10));
    assertEquals(1, writer.fill(1, frame, 10));
    parents.setFree(Direction.TO_HOST, 0);
    assertEquals(0, writer.fill(1, frame, 10));
    parents.setFree(Direction.TO_HOST, 1);
    parents.setFree(Direction.TO_HOST, 0);
    assertEquals(1, writer.fill(1, frame, 10));
  }

  @Test
  void withoutMemoryTheOnePayloadGoesThroughThePipe() throws IOException {
    List<Integer> writes = new ArrayList<>();
    FrameWriter writer = writerTo(readBy(Framing.PLAIN, writes), Framing.PLAIN);
    parents.close(); // so a slot cannot be written
    writer.write(Frame.of(Opcode.TASK, 1, random(LARGE)));
    assertEquals(List.of(new Seen(Opcode.TASK, 1, random(LARGE))), sink.payloads);
    int piped = writes.stream().mapToInt(Integer::intValue).sum();
    assertTrue(piped > LARGE, () -> piped + " bytes in the pipe");
  }

  @Test
  void aRefusedPayloadFreesItsSlotsToo() throws IOException {
    PayloadAssembly small = new PayloadAssembly(Direction.TO_WORKER, 1_000, sink);
    small.use(workers);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writerTo(out, Framing.PLAIN).write(Frame.of(Opcode.TASK, 1, random(LARGE)));
    Framing.PLAIN
        .decoder(Direction.TO_WORKER, bytes -> {})
        .decode(ByteBuffer.wrap(out.toByteArray()), small);
    assertEquals(1, sink.refused.size());
    for (int slot = 0; slot < Region.SLOTS; slot++) {
      assertTrue(parents.isFree(Direction.TO_WORKER, slot));
    }
  }

  @Test
  void segmentsThatNameNoFullSlotAreMalformed() throws IOException {
    assembly.frame(
        Opcode.SEGMENT,
        Segment.FIRST,
        1,
        hex("03000000000000000a" + HexFormat.of().toHexDigits((long) LARGE) + "01"));
    assertMalformed("Slot 0 of the region is free", "0000000005");
    assertMalformed("5 bytes in slot 8 are not in a region", "0800000005");
    assertMalformed("0 bytes in slot 0 are not", "0000000000");
    assertMalformed("1048577 bytes in slot 0 are not", "0000100001");
    assertMalformed("1 bytes are left over", "000000000500");
    PayloadAssembly without = new PayloadAssembly(Direction.TO_WORKER, 1_000, sink);
    without.frame(
        Opcode.SEGMENT, Segment.FIRST, 1, hex("03000000000000000a" + "0000000000000009" + "01"));
    assertThrows(
        WireException.class,
        () -> without.frame(Opcode.SEGMENT, Segment.MAPPED, 1, hex("0000000005")));
  }

  @Test
  void piecesThatMakeNoSenseAreMalformed() {
    String head = "03000000000000000a" + "0000000000000009";
    for (String pieces : List.of("00", "11", "0100000000", "01ffffffff", "0100000009", "0300")) {
      assertThrows(
          WireException.class,
          () ->
              assembly.frame(
                  Opcode.SEGMENT, Segment.FIRST | Segment.IN_PIECES, 1, hex(head + pieces)),
          pieces);
    }
  }

  private void assertMalformed(String what, String payload) {
    WireException malformed =
        assertThrows(
            WireException.class,
            () -> assembly.frame(Opcode.SEGMENT, Segment.MAPPED, 1, hex(payload)));
    assertTrue(String.valueOf(malformed.getMessage()).contains(what), malformed::getMessage);
  }

  private static ByteBuffer hex(String bytes) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(bytes));
  }

  @Test
  void theFileIsItsOwnersAloneAndNoOtherIsReplaced() throws IOException {
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      assertEquals(
          PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
    }
    assertThrows(FileAlreadyExistsException.class, () -> Region.create(file));
    assertTrue(Files.exists(file), "of the one that was there before");
  }

  @Test
  void itsMemoryIsGivenBackThoughItIsMapped() throws IOException {
    writerTo(readBy(Framing.PLAIN, new ArrayList<>()), Framing.PLAIN)
        .write(Frame.of(Opcode.TASK, 1, random(LARGE)));
    parents.discard();
    assertEquals(4096, Files.size(file));
    assertTrue(parents.isMapped());
  }

  @Test
  void anotherFileIsNotOpened() throws IOException {
    Path other = directory.resolve("other");
    Files.write(other, new byte[100]);
    IOException refused = assertThrows(IOException.class, () -> Region.open(other));
    assertTrue(String.valueOf(refused.getMessage()).contains("is not a region of version 1"));
    Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
    assertThrows(IOException.class, () -> Region.open(file));
  }

  @Test
  void withoutAPlaceThereIsNoneAndNothingIsLeft() {
    Path nowhere = directory.resolve("absent").resolve("region");
    assertThrows(IOException.class, () -> Region.create(nowhere));
    assertFalse(Files.exists(nowhere));
  }
}
