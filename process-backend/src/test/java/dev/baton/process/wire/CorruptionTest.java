package dev.baton.process.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.process.wire.Streams.Decoded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class CorruptionTest {

  private static final FrameSink NOBODY = (opcode, flags, id, payload) -> {};

  /** A way to damage a stream. */
  enum Fault {
    FLIP {
      @Override
      byte[] apply(byte[] stream, int at, Random random) {
        byte[] changed = stream.clone();
        changed[at] ^= (byte) (1 << random.nextInt(8));
        return changed;
      }
    },
    CUT {
      @Override
      byte[] apply(byte[] stream, int at, Random random) {
        int to = Math.min(stream.length, at + 1 + random.nextInt(100));
        return join(stream, at, new byte[0], to);
      }
    },
    INSERT {
      @Override
      byte[] apply(byte[] stream, int at, Random random) {
        byte[] more = new byte[1 + random.nextInt(100)];
        random.nextBytes(more);
        return join(stream, at, more, at);
      }
    },
    DUPLICATE {
      @Override
      byte[] apply(byte[] stream, int at, Random random) {
        int from = Math.max(0, at - random.nextInt(1000));
        return join(stream, at, Arrays.copyOfRange(stream, from, at), at);
      }
    };

    abstract byte[] apply(byte[] stream, int at, Random random);

    static byte[] join(byte[] stream, int end, byte[] middle, int start) {
      return ByteBuffer.allocate(end + middle.length + stream.length - start)
          .put(stream, 0, end)
          .put(middle)
          .put(stream, start, stream.length - start)
          .array();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedCheckedStreamGivesNoFrameThatWasNotSentAndMissesNoneSilently(Fault fault) {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<Seen> frames = Streams.randomToWorker(random, 12, 400);
      byte[] stream = Streams.encode(Framing.CHECKED, Framing.LARGEST_FRAME, frames);
      byte[] damaged = fault.apply(stream, random.nextInt(stream.length), random);

      Decoded decoded = Streams.decode(Framing.CHECKED, damaged, random, 1 << random.nextInt(14));

      assertTrue(isInOrderWithin(decoded.frames(), frames), "seed " + seed);
      boolean onlyTheLastAreMissing =
          decoded.frames().equals(frames.subList(0, decoded.frames().size()));
      assertTrue(
          onlyTheLastAreMissing || !decoded.damage().isEmpty(),
          "frames are missing silently, seed " + seed);
    }
  }

  private static boolean isInOrderWithin(List<Seen> some, List<Seen> all) {
    int next = 0;
    for (Seen seen : all) {
      if (next < some.size() && some.get(next).equals(seen)) {
        next++;
      }
    }
    return next == some.size();
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedPlainStreamGivesWhatStandsBeforeTheDamageAndComesToAnEnd(Fault fault) {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<Seen> frames = Streams.randomToWorker(random, 12, 400);
      byte[] stream = Streams.encode(Framing.PLAIN, Framing.LARGEST_FRAME, frames);
      int at = random.nextInt(stream.length);

      Decoded decoded =
          Streams.decode(
              Framing.PLAIN, fault.apply(stream, at, random), random, 1 << random.nextInt(14));

      int before = wholeFramesBefore(at, frames);
      assertEquals(
          frames.subList(0, before),
          decoded.frames().subList(0, Math.min(before, decoded.frames().size())),
          "seed " + seed);
      assertEquals(0, decoded.foreign().remaining());
      assertTrue(decoded.damage().size() <= 1);
    }
  }

  private static int wholeFramesBefore(int at, List<Seen> frames) {
    int count = 0;
    int end = 0;
    for (Seen frame : frames) {
      end += Framing.PLAIN.overhead() + frame.payload().remaining();
      if (end > at) {
        return count;
      }
      count++;
    }
    return count;
  }

  @ParameterizedTest
  @EnumSource
  void randomBytesAreNoFrames(Framing framing) {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      byte[] noise = new byte[random.nextInt(100_000)];
      random.nextBytes(noise);
      Decoded decoded = Streams.decode(framing, noise, random, 10_000);
      assertEquals(List.of(), decoded.frames(), "seed " + seed);
    }
  }

  @Test
  void aFrameThatIsMissingAsAWholeIsReported() {
    List<Seen> frames = Streams.randomToWorker(new Random(5), 3, 50);
    byte[] stream = Streams.encode(Framing.CHECKED, Framing.LARGEST_FRAME, frames);
    int first = Framing.CHECKED.overhead() + frames.get(0).payload().remaining();
    int second = first + Framing.CHECKED.overhead() + frames.get(1).payload().remaining();

    Decoded decoded =
        Streams.decode(
            Framing.CHECKED,
            Fault.join(stream, first, new byte[0], second),
            new Random(1),
            stream.length);

    assertEquals(List.of(frames.get(0), frames.get(2)), decoded.frames());
    assertEquals(1, decoded.damage().size());
    assertTrue(decoded.damage().getFirst().contains("frame 2, where 1 is due: some are missing"));
  }

  @Test
  void aFrameThatComesTwiceIsGivenOnceAndReported() {
    List<Seen> frames = Streams.randomToWorker(new Random(5), 1, 50);
    byte[] stream = Streams.encode(Framing.CHECKED, Framing.LARGEST_FRAME, frames);

    Decoded decoded =
        Streams.decode(
            Framing.CHECKED,
            Fault.join(stream, stream.length, stream, stream.length),
            new Random(1),
            stream.length);

    assertEquals(frames, decoded.frames());
    assertEquals(1, decoded.damage().size());
    assertTrue(decoded.damage().getFirst().contains("frame 0, where 1 is due: it came twice"));
  }

  @ParameterizedTest
  @EnumSource
  void aStreamThatEndsWithinAFrameIsDamaged(Framing framing) {
    List<Seen> frames = Streams.randomToWorker(new Random(2), 1, 50);
    byte[] stream = Streams.encode(framing, Framing.LARGEST_FRAME, frames);
    for (int length = Integer.BYTES; length < stream.length; length++) {
      Decoded decoded =
          Streams.decode(framing, Arrays.copyOf(stream, length), new Random(1), stream.length);
      assertEquals(List.of(), decoded.frames());
      assertFalse(decoded.damage().isEmpty(), "cut to " + length);
      assertTrue(
          decoded.damage().getFirst().contains("the stream ended after " + length + " bytes"));
    }
  }

  @Test
  void aPlainStreamSaysWhatIsWrongWhereAndInWhichBytesAndThenSaysSoForEver() throws Exception {
    FrameDecoder decoder = Framing.PLAIN.decoder(Direction.TO_HOST, bytes -> {});
    decoder.decode(bytes("0000000a 17 00 0000000000000007"), NOBODY);

    WireException damage =
        assertThrows(
            WireException.class,
            () ->
                decoder.decode(
                    ByteBuffer.wrap("Exception".getBytes(StandardCharsets.US_ASCII)), NOBODY));

    assertEquals(
        """
        Damage in the stream from the worker, in the frame at byte 14: its length is 1165517669, \
        not 10 to 65532. The bytes around it:
         00 00 00 0a 17 00 00 00 00 00 00 00 00 07>45 78  ..............Ex
         63 65 70 74 69 6f 6e                             ception""",
        String.valueOf(damage.getMessage()).replace(System.lineSeparator(), "\n"));
    assertThrows(WireException.class, () -> decoder.next(NOBODY));
    assertThrows(WireException.class, decoder::end);
  }

  @Test
  void aFrameThatGoesTheOtherWayIsDamage() {
    FrameDecoder decoder = Framing.PLAIN.decoder(Direction.TO_WORKER, bytes -> {});
    WireException damage =
        assertThrows(
            WireException.class,
            () -> decoder.decode(bytes("0000000a 17 00 0000000000000007"), NOBODY));
    assertTrue(
        String.valueOf(damage.getMessage())
            .contains("0x17 is no opcode of a frame from the parent"));
  }

  @Test
  void flagsThatNobodyKnowsAreDamage() {
    FrameDecoder decoder = Framing.PLAIN.decoder(Direction.TO_WORKER, bytes -> {});
    WireException damage =
        assertThrows(
            WireException.class,
            () -> decoder.decode(bytes("0000000a 06 01 0000000000000000"), NOBODY));
    assertTrue(String.valueOf(damage.getMessage()).contains("0x01 are no flags of GOODBYE"));
  }

  @Test
  void aSinkThatThrowsHasTakenItsFrame() throws Exception {
    FrameDecoder decoder = Framing.PLAIN.decoder(Direction.TO_WORKER, bytes -> {});
    ByteBuffer twice = bytes("0000000a 06 00 0000000000000001" + "0000000a 06 00 0000000000000002");
    assertTrue(decoder.feed(twice));
    FrameSink strict =
        (opcode, flags, id, payload) -> opcode.checkEmpty(id, ByteBuffer.allocate(1));
    assertThrows(WireException.class, () -> decoder.next(strict));
    Seen.Sink sink = new Seen.Sink();
    assertTrue(decoder.next((opcode, flags, id, payload) -> sink.payload(opcode, id, payload)));
    assertEquals(2, sink.payloads.getFirst().id());
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
  }
}
