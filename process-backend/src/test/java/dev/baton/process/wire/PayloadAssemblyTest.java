package dev.baton.process.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PayloadAssemblyTest {

  private final Seen.Sink sink = new Seen.Sink();
  private final PayloadAssembly assembly =
      new PayloadAssembly(Direction.TO_WORKER, 1_000_000_000, sink);

  @ParameterizedTest
  @EnumSource
  void payloadsOfAnyLengthArriveWhole(Framing framing) throws Exception {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      int largestWrite = 128 + random.nextInt(5_000);
      List<Seen> payloads = Streams.randomToWorker(random, 20, 5 * largestWrite);
      byte[] stream = Streams.encode(framing, largestWrite, payloads);

      sink.payloads.clear();
      framing
          .decoder(Direction.TO_WORKER, bytes -> {})
          .decode(
              ByteBuffer.wrap(stream), new PayloadAssembly(Direction.TO_WORKER, 1_000_000, sink));

      assertEquals(payloads, sink.payloads, "seed " + seed);
    }
  }

  @Test
  void anyPayloadAndLargestWriteMeetAtTheEdge() throws Exception {
    for (int length = 100; length < 400; length++) {
      List<Seen> payloads = List.of(new Seen(Opcode.TASK, 1, ByteBuffer.allocate(length)));
      sink.payloads.clear();
      Framing.PLAIN
          .decoder(Direction.TO_WORKER, bytes -> {})
          .decode(ByteBuffer.wrap(Streams.encode(Framing.PLAIN, 128, payloads)), assembly);
      assertEquals(payloads, sink.payloads, "length " + length);
    }
  }

  @Test
  void segmentsOfSeveralTransfersMayAlternateWithFramesBetween() throws Exception {
    first(1, "03", 10, 4, "0102");
    first(2, "05", 10, 3, "0a");
    segment(1, 0, "03");
    assembly.frame(Opcode.CANCEL, 0, 10, hex("02"));
    segment(2, 0, "0b0c");
    segment(1, 0, "04");

    assertEquals(
        List.of(
            new Seen(Opcode.CANCEL, 10, hex("02")),
            new Seen(Opcode.FOUND, 10, hex("0a0b0c")),
            new Seen(Opcode.TASK, 10, hex("01020304"))),
        sink.payloads);
  }

  @Test
  void aPayloadAboveTheMaximumIsRefusedOnceAndSkipped() throws Exception {
    PayloadAssembly small = new PayloadAssembly(Direction.TO_WORKER, 3, sink);
    small.frame(Opcode.SEGMENT, Segment.FIRST, 1, head("03", 10, 4, "0102"));
    small.frame(Opcode.SEGMENT, 0, 1, hex("0304"));
    small.frame(Opcode.GOODBYE, 0, 0, hex(""));
    assertEquals(
        List.of(
            "TASK 10: The payload of TASK 10 has 4 bytes, where 3 are allowed. Raise the limit or"
                + " send less."),
        sink.refused);
    assertEquals(List.of(new Seen(Opcode.GOODBYE, 0, hex(""))), sink.payloads);
  }

  @Test
  void aForgedLengthAllocatesNoMoreThanCame() throws Exception {
    ByteBuffer head = head("03", 10, 999_999_999, "01");
    long allocated =
        AllocatedBytes.during(() -> assembly.frame(Opcode.SEGMENT, Segment.FIRST, 1, head));
    assertTrue(allocated < 1_000_000, () -> allocated + " bytes");
  }

  @Test
  void aLargePayloadIsPutTogetherInLittleMoreMemoryThanItNeeds() throws Exception {
    int total = 10_000_000;
    ByteBuffer part = ByteBuffer.allocate(50_000);
    first(1, "03", 10, total, "00");
    long allocated = AllocatedBytes.during(() -> addRest(total - 1, part));
    assertEquals(1, sink.payloads.size());
    assertTrue(allocated < 4L * total, () -> allocated + " bytes"); // the sink copies once
  }

  private void addRest(int rest, ByteBuffer part) throws WireException {
    for (int left = rest; left > 0; left -= part.limit()) {
      assembly.frame(Opcode.SEGMENT, 0, 1, part.clear().limit(Math.min(left, part.capacity())));
    }
  }

  @Test
  void segmentsThatMakeNoSenseAreMalformed() throws Exception {
    assertMalformed("Transfer 9 has not begun", 0, 9, hex("01"));
    assertMalformed("The length of the whole is 0", Segment.FIRST, 1, head("03", 10, 0, ""));
    assertMalformed("The length of the whole is -1", Segment.FIRST, 1, head("03", 10, -1, ""));
    assertMalformed("0x22 is no opcode of a payload", Segment.FIRST, 1, head("22", 10, 5, ""));
    assertMalformed("0x13 is no opcode of a payload", Segment.FIRST, 1, head("13", 10, 5, ""));
    assertMalformed("the id has 8 bytes, where 1 are left", Segment.FIRST, 1, hex("0300"));
    first(1, "03", 10, 3, "01");
    assertMalformed("Transfer 1 begins again", Segment.FIRST, 1, head("03", 10, 5, "01"));
    assertMalformed("A segment has 3 bytes, where 2 of 3 are due", 0, 1, hex("010203"));
    assertMalformed("A segment has 0 bytes, where 2 of 3 are due", 0, 1, hex(""));
    for (int i = 2; i <= PayloadAssembly.MOST_TRANSFERS; i++) {
      first(i, "03", 10, 3, "01");
    }
    assertMalformed("More than 8 transfers are open", Segment.FIRST, 99, head("03", 1, 5, "01"));
  }

  @Test
  void aNegativeMaximumIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new PayloadAssembly(Direction.TO_HOST, -1, sink));
  }

  private void first(long transfer, String opcode, long id, long total, String bytes)
      throws WireException {
    assembly.frame(Opcode.SEGMENT, Segment.FIRST, transfer, head(opcode, id, total, bytes));
  }

  private void segment(long transfer, int flags, String bytes) throws WireException {
    assembly.frame(Opcode.SEGMENT, flags, transfer, hex(bytes));
  }

  private void assertMalformed(String what, int flags, long transfer, ByteBuffer payload) {
    WireException malformed =
        assertThrows(
            WireException.class, () -> assembly.frame(Opcode.SEGMENT, flags, transfer, payload));
    assertTrue(String.valueOf(malformed.getMessage()).contains(what), malformed::getMessage);
  }

  private static ByteBuffer head(String opcode, long id, long total, String bytes) {
    HexFormat format = HexFormat.of();
    return hex(opcode + format.toHexDigits(id) + format.toHexDigits(total) + bytes);
  }

  private static ByteBuffer hex(String bytes) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(bytes));
  }
}
