package dev.baton.process.codec;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Task;
import dev.baton.TaskEncodingException;
import dev.baton.TaskFunction;
import dev.baton.process.codec.sample.Point;
import dev.baton.process.codec.sample.Shapes;
import dev.baton.spi.TaskCall;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged bytes give an exception, or another value; nothing worse. */
@Timeout(60)
class FuzzTest {

  private final Peer here = Peer.here();
  private final Random random = new Random(42);

  private List<byte[]> samples() {
    TaskFunction<List<Integer>, Integer> size = List::size;
    List<Object> values = new ArrayList<>();
    Shapes.all().values().forEach(shape -> values.add(shape.task()));
    values.add(new TaskCall.OfFunction<>(size, new ArrayList<>(List.of(1, 2, 3))));
    values.add(new HashMap<>(Map.of("a", new Point(1, 2), "b", new long[20])));
    values.add(new HashSet<>(Set.of("x", "y")));
    values.add(new String[] {"a", "\u4e16"});
    List<byte[]> samples = new ArrayList<>();
    for (Object value : values) {
      Encoded encoded = here.encoder.encode(value);
      here.tell(encoded);
      byte[] bytes = new byte[encoded.size()];
      encoded.bytes().get(bytes);
      samples.add(bytes);
    }
    return samples;
  }

  /** Tells whether the bytes were refused; nothing but a refusal may be thrown. */
  private boolean isRefused(byte[] bytes) {
    try {
      here.decoder.decode(ByteBuffer.wrap(bytes), here.loader);
      return false;
    } catch (TaskEncodingException refusal) {
      assertNotNull(refusal.getMessage());
      return true;
    }
  }

  @Test
  void everyTruncatedPayloadIsRefused() {
    for (byte[] sample : samples()) {
      for (int length = 0; length < sample.length; length++) {
        byte[] cut = Arrays.copyOf(sample, length);
        assertTrue(isRefused(cut), () -> Arrays.toString(cut) + " of " + Arrays.toString(sample));
      }
    }
  }

  @Test
  void changedBytesAreRefusedOrAnotherValue() {
    List<byte[]> samples = samples();
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = samples.get(i % samples.size()).clone();
      for (int times = random.nextInt(3); times >= 0; times--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      refused += isRefused(changed) ? 1 : 0;
    }
    assertTrue(refused > 5_000, "refused: " + refused);
  }

  @Test
  void randomBytesAreRefusedOrSmallValues() {
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (bytes.length > 6 && i % 2 == 0) {
        bytes[0] = Tag.STREAMED;
        Arrays.fill(bytes, 1, 4, (byte) 0);
        bytes[4] = 6;
        bytes[5] = Tag.OBJECT;
      }
      refused += isRefused(bytes) ? 1 : 0;
    }
    assertTrue(refused > 40_000, "refused: " + refused);
  }

  @Test
  void damagedFailuresAndDefinitionsAreRefusedToo() {
    Encoded encoded = here.encoder.encodeFailure(new IllegalStateException("x"));
    byte[] sample = new byte[encoded.size()];
    encoded.bytes().get(sample);
    for (int length = 0; length < 300; length++) {
      ByteBuffer cut = ByteBuffer.wrap(sample, 0, length);
      assertThrows(TaskEncodingException.class, () -> here.decoder.decodeFailure(cut, here.loader));
    }
    Task<String> task = () -> "";
    ByteBuffer definition = here.encoder.encode(task).templates().getFirst().definition();
    for (int length = 0; length < definition.capacity(); length++) {
      ByteBuffer cut = definition.duplicate().limit(length);
      assertThrows(TaskEncodingException.class, () -> here.decoder.define(1, cut));
    }
  }

  @Test
  void changedFailuresStillArriveOrAreRefused() {
    Encoded encoded = here.encoder.encodeFailure(new IllegalStateException("x"));
    byte[] sample = new byte[encoded.size()];
    encoded.bytes().get(sample);
    for (int i = 0; i < 5_000; i++) {
      byte[] changed = sample.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      try {
        assertNotNull(here.decoder.decodeFailure(ByteBuffer.wrap(changed), here.loader));
      } catch (TaskEncodingException refusal) {
        assertNotNull(refusal.getMessage());
      }
    }
  }
}
