package dev.baton.process.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.Level;

class MessagesTest {

  private interface Reader {
    Message read(long id, ByteBuffer payload) throws WireException;
  }

  private static Reader readerOf(Message message) {
    return switch (message) {
      case Answer any -> Answer::read;
      case Ask any -> Ask::read;
      case Lend any -> Lend::read;
      case OutcomeHead any -> OutcomeHead::read;
      case SubmitHead any -> SubmitHead::read;
      case Cancel any -> Cancel::read;
      case Damaged any -> Damaged::read;
      case Fetch any -> Fetch::read;
      case Found any -> Found::read;
      case Hello any -> Hello::read;
      case Items any -> Items::read;
      case LogEvent any -> LogEvent::read;
      case Progress any -> Progress::read;
      case Ready any -> Ready::read;
      case ResultHead any -> ResultHead::read;
      case Started any -> Started::read;
      case TaskHead any -> TaskHead::read;
    };
  }

  @ParameterizedTest
  @MethodSource("dev.baton.process.wire.Samples#messages")
  void aMessageThatIsReadEqualsTheOneThatWasWritten(Message message) throws Exception {
    ByteBuffer payload = message.encode();
    assertEquals(message, readerOf(message).read(3, payload));
    assertFalse(payload.hasRemaining());
  }

  @ParameterizedTest
  @MethodSource("dev.baton.process.wire.Samples#messages")
  void aMessageThatIsCutShortIsMalformedAndSaysWhere(Message message) {
    byte[] whole = bytes(message.encode());
    for (int length = 0; length < whole.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(whole, length));
      WireException malformed =
          assertThrows(WireException.class, () -> readerOf(message).read(3, cut));
      assertTrue(
          String.valueOf(malformed.getMessage())
              .contains("of the payload of %s 3, which has %d".formatted(message.opcode(), length)),
          malformed::getMessage);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.baton.process.wire.Samples#messages")
  void whateverBytesComeTheyAreReadOrMalformed(Message message) {
    byte[] whole = bytes(message.encode());
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      byte[] changed = whole.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      try {
        Message read = readerOf(message).read(3, ByteBuffer.wrap(changed));
        assertEquals(message.opcode(), read.opcode());
      } catch (WireException malformed) {
        assertTrue(String.valueOf(malformed.getMessage()).contains("at byte"), () -> "seed");
      }
    }
  }

  @Test
  void theHeadOfAnOrdinaryTaskTakesTwoBytes() {
    assertEquals("0103", hex(Samples.headFor(3)));
    assertEquals("00", hex(Samples.headFor(TaskHead.NO_SLOT)));
  }

  @Test
  void theEncodedBodyStartsWhereTheHeadEnds() throws Exception {
    Frame frame = Samples.headFor(300).frame(1, ByteBuffer.wrap(new byte[] {7, 8}));
    ByteBuffer payload = ByteBuffer.allocate(frame.remaining());
    frame.copyTo(payload, frame.remaining());
    payload.flip();
    assertEquals(Samples.headFor(300), TaskHead.read(1, payload));
    assertEquals(ByteBuffer.wrap(new byte[] {7, 8}), payload);
  }

  @Test
  void anotherVersionIsNamedWithTheCure() {
    byte[] ready = bytes(new Ready(1, 2, 3, "25", false).encode());
    ready[3] = 9;
    WireException refused =
        assertThrows(WireException.class, () -> Ready.read(0, ByteBuffer.wrap(ready)));
    assertTrue(
        String.valueOf(refused.getMessage())
            .startsWith(
                "Version 9 of the protocol, where this side speaks 7 (use one baton-process for"
                    + " both), at byte 0 of the payload of READY 0"),
        refused::getMessage);
  }

  @Test
  void anEntryOfTheLoggingContextWithoutAValueIsNotSent() throws Exception {
    Map<String, String> context = new HashMap<>(Map.of("request", "7"));
    context.put("user", nullValue());
    LogEvent event = new LogEvent(Level.WARN, "a", "b", context, null);
    assertEquals(Map.of("request", "7"), LogEvent.read(1, event.encode()).loggingContext());
  }

  @SuppressWarnings("NullAway") // a logging context may have such values in spite of its type
  private static String nullValue() {
    return null;
  }

  @Test
  void textThatIsNotUtf8IsMalformed() {
    assertMalformed("the reason is not UTF-8 at byte 1", "02c328", Damaged::read);
  }

  @Test
  void aLengthBeyondThePayloadIsMalformedBeforeAnythingIsAllocated() {
    assertMalformed(
        "the reason has 2147483647 bytes, where 0 are left", "ffffffff07", Damaged::read);
    assertMalformed(
        "The number of the length of the reason is 4294967295", "ffffffff0f", Damaged::read);
    assertMalformed("has more than five bytes", "808080808000", Damaged::read);
    assertMalformed("too many for what is left", "10ffffffff07", TaskHead::read);
  }

  @Test
  void whatHasNoMeaningIsMalformed() {
    assertMalformed("9 is no mode to cancel in at byte 0", "09", Cancel::read);
    assertMalformed("1 bytes are left over at byte 2", "000100", Cancel::read);
    assertMalformed("The attempt is 0", "0200", Cancel::read);
    assertMalformed("7 is no kind of result", "07", ResultHead::read);
    assertMalformed("2 is neither there, 1, nor missing, 0", "02", Found::read);
    assertMalformed("1 bytes are left over", "00ff", Found::read);
    assertMalformed("3 is nothing that can be asked for", "0300", Fetch::read);
    assertMalformed("1 is no level", "0100000000", LogEvent::read);
    assertMalformed("0x80 are no parts of a task's head", "80", TaskHead::read);
    assertMalformed("The attempt is 0", "0200", TaskHead::read);
    assertMalformed("2 is neither yes, 1, nor no, 0", "02", Answer::read);
    assertMalformed("9 is no question", "00".repeat(8) + "09", Ask::read);
    assertMalformed("5 is no kind of outcome", "05", OutcomeHead::read);
    assertMalformed("The attempt is 0", "00".repeat(8) + "40" + "00", SubmitHead::read);
    assertMalformed("The name is blank", "00".repeat(8) + "01" + "0120", SubmitHead::read);
    assertMalformed(
        "is no time that the timeout may have",
        "00".repeat(8) + "02" + "00".repeat(12),
        SubmitHead::read);
    assertMalformed("is no time", "04" + "7fffffffffffffff" + "00000000", TaskHead::read);
    assertMalformed("is no time", "04" + "0000000000000000" + "3b9aca00", TaskHead::read);
    assertMalformed(
        "What is done is negative: -1", "ff".repeat(8) + "0".repeat(18), Progress::read);
    assertMalformed("that have begun is negative: -1", "ff".repeat(4), Items::read);
    assertMalformed("has the key \"a\" twice", "10" + "02" + "01610162".repeat(2), TaskHead::read);
  }

  @Test
  void anOpcodeThatSaysAllByItselfHasNoPayload() throws Exception {
    Opcode.RESUME.checkEmpty(1, ByteBuffer.allocate(0));
    assertMalformed(
        "1 bytes are left over at byte 0 of the payload of RESUME 3",
        "00",
        (id, payload) -> {
          Opcode.RESUME.checkEmpty(id, payload);
          return Samples.headFor(0);
        });
  }

  @Test
  void aSlotOrAnAttemptOutOfRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Samples.headFor(-2));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TaskHead(0, 0, null, null, Map.of(), null, false));
  }

  @Test
  void everyDeadlineCanBeSent() throws Exception {
    for (Instant deadline : new Instant[] {Instant.MIN, Instant.EPOCH, Instant.MAX}) {
      TaskHead head = new TaskHead(0, 1, deadline, null, Map.of(), null, false);
      assertEquals(head, TaskHead.read(1, head.encode()));
    }
  }

  private static void assertMalformed(String what, String hex, Reader reader) {
    ByteBuffer payload = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    WireException malformed = assertThrows(WireException.class, () -> reader.read(3, payload));
    assertTrue(String.valueOf(malformed.getMessage()).contains(what), malformed::getMessage);
  }

  private static String hex(Message message) {
    return HexFormat.of().formatHex(bytes(message.encode()));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(buffer.position(), copy);
    return copy;
  }
}
