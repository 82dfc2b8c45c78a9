package dev.baton.process.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AllocationTest {

  @ParameterizedTest
  @EnumSource
  void findingFramesAllocatesNothing(Framing framing) throws Exception {
    List<Seen> frames =
        Collections.nCopies(10_000, new Seen(Opcode.TASK, 1, ByteBuffer.allocate(30)));
    ByteBuffer stream = ByteBuffer.wrap(Streams.encode(framing, Framing.LARGEST_FRAME, frames));
    long[] ids = new long[1];
    FrameSink sink = (opcode, flags, id, payload) -> ids[0] += id;
    FrameDecoder decoder = framing.decoder(Direction.TO_WORKER, bytes -> {});

    long allocated = AllocatedBytes.during(() -> decoder.decode(stream, sink));

    assertEquals(frames.size(), ids[0]);
    assertTrue(allocated < frames.size(), () -> allocated + " bytes");
  }
}
