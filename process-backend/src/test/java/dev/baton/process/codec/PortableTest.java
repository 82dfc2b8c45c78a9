package dev.baton.process.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.RemoteFailureException;
import dev.baton.Task;
import dev.baton.TaskEncodingException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Payloads that bring their templates along. */
class PortableTest {

  private final Encoder encoder = new Encoder();
  private final Decoder decoder = new Decoder(null);
  private final ClassLoader loader = Objects.requireNonNull(PortableTest.class.getClassLoader());

  @Test
  void whoeverHasTheBytesDecodesThem() throws Exception {
    int seven = 7;
    Task<Integer> task = () -> seven;
    Encoded portable = encoder.encode(task).portable();
    assertTrue(portable.isPortable());
    assertTrue(portable.templates().isEmpty());
    Encoded passedOn = Encoded.ofPortable(portable.bytes());
    assertTrue(passedOn.isPortable());
    Object decoded = decoder.decodePortable(passedOn.bytes(), loader);
    assertEquals(7, assertInstanceOf(Task.class, decoded).call());
  }

  @Test
  void whatIsPortableStaysSo() {
    Encoded encoded = encoder.encode("text");
    assertFalse(encoded.isPortable());
    Encoded portable = encoded.portable();
    assertSame(portable, portable.portable());
    assertEquals("text", decoder.decodePortable(portable.bytes(), loader));
  }

  @Test
  void aFailureIsPassedOnAsItCameWithItsText() {
    Encoded portable = encoder.encodeFailure(new IllegalStateException("odd")).portable();
    EncodedFailure passedOn = decoder.passOnFailure(portable.bytes());
    assertEquals(IllegalStateException.class.getName(), passedOn.className());
    assertTrue(passedOn.stackText().contains("PortableTest"));
    ByteBuffer bytes = passedOn.portable();
    assertNotNull(bytes);
    assertEquals(portable.bytes(), bytes);
    Throwable decoded = decoder.decodePortableFailure(bytes, loader);
    assertEquals("odd", assertInstanceOf(IllegalStateException.class, decoded).getMessage());
  }

  @Test
  void aFailureOfAnUnknownClassIsAStandIn() {
    Encoded portable =
        encoder.encodeFailure(new RemoteFailureException("a.B", "m", "s")).portable();
    Throwable decoded =
        decoder.decodePortableFailure(portable.bytes(), ClassLoader.getPlatformClassLoader());
    assertInstanceOf(RemoteFailureException.class, decoded);
  }

  @Test
  void damagedBytesAreAnErrorThatSaysSo() {
    Encoded portable = encoder.encode((Task<Integer>) () -> 1).portable();
    for (int length = 0; length < portable.size(); length++) {
      ByteBuffer cut = portable.bytes().limit(length);
      assertThrows(TaskEncodingException.class, () -> decoder.decodePortable(cut, loader));
      assertThrows(TaskEncodingException.class, () -> decoder.passOnFailure(cut));
    }
  }
}
