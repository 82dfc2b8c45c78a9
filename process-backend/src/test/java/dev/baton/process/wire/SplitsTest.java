package dev.baton.process.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.process.wire.Streams.Decoded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SplitsTest {

  @ParameterizedTest
  @EnumSource
  void everySplitOfTheBytesGivesTheSameFrames(Framing framing) {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<Seen> frames = Streams.randomToWorker(random, 20, 20_000);
      byte[] stream = Streams.encode(framing, Framing.LARGEST_FRAME, frames);
      int longest = 1 << random.nextInt(18);

      Decoded decoded = Streams.decode(framing, stream, random, longest);

      assertEquals(new Decodable(frames, List.of()), Decodable.of(decoded), "seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoFramesGoThroughWhereverTheyAreCut(Framing framing) {
    List<Seen> frames = Streams.randomToWorker(new Random(1), 2, 100);
    byte[] stream = Streams.encode(framing, Framing.LARGEST_FRAME, frames);
    for (int piece = 1; piece <= stream.length; piece++) {
      int size = piece;
      Random always =
          new Random() {
            @Override
            public int nextInt(int bound) {
              return size - 1;
            }
          };
      Decoded decoded = Streams.decode(framing, stream, always, size);
      assertEquals(new Decodable(frames, List.of()), Decodable.of(decoded), "pieces of " + piece);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStreamIsReadIntoTheDecodersOwnBuffer(Framing framing) throws IOException {
    List<Seen> frames = Streams.randomToWorker(new Random(7), 200, 60_000);
    ByteArrayInputStream in =
        new ByteArrayInputStream(Streams.encode(framing, Framing.LARGEST_FRAME, frames));
    FrameDecoder decoder = framing.decoder(Direction.TO_WORKER, bytes -> {});
    Seen.Sink sink = new Seen.Sink();
    while (decoder.readFrom(in) >= 0) {
      while (decoder.next((opcode, flags, id, payload) -> sink.payload(opcode, id, payload))) {
        // the sink has it
      }
    }
    decoder.end();
    assertEquals(frames, sink.payloads);
  }

  private record Decodable(List<Seen> frames, List<String> damage) {
    static Decodable of(Decoded decoded) {
      return new Decodable(decoded.frames(), decoded.damage());
    }
  }
}
