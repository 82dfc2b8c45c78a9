package dev.baton.process.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.TaskEncodingException;
import dev.baton.TaskFunction;
import dev.baton.spi.TaskCall;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PiecesTest {

  private static final int LARGE = 200_000;
  private static final ClassLoader LOADER =
      Objects.requireNonNull(PiecesTest.class.getClassLoader());

  private final AtomicInteger timesSpare = new AtomicInteger();
  private final PiecePool pool = new PiecePool(timesSpare::incrementAndGet);
  private final Encoder copying = Encoder.ofPieces(pool);
  private final Encoder sharing = Encoder.ofSharedPieces();
  private final Decoder decoder = new Decoder(null);

  static Stream<Object> arrays() {
    byte[] bytes = new byte[LARGE];
    short[] shorts = new short[LARGE];
    char[] chars = new char[LARGE];
    int[] ints = new int[LARGE];
    long[] longs = new long[LARGE];
    float[] floats = new float[LARGE];
    double[] doubles = new double[LARGE];
    for (int i = 0; i < LARGE; i++) {
      bytes[i] = (byte) (i * 31);
      shorts[i] = (short) (i * 31);
      chars[i] = (char) (i * 31);
      ints[i] = i * 0x01234567;
      longs[i] = i * 0x0123456789ABCDEFL;
      floats[i] = i / 3f;
      doubles[i] = i / 3.0;
    }
    return Stream.of(bytes, shorts, chars, ints, longs, floats, doubles);
  }

  private @Nullable Object decoded(Encoded encoded) {
    encoded.templates().forEach(template -> decoder.define(template.site(), template.definition()));
    return decoder.decode(encoded.bytes(), received(encoded), LOADER);
  }

  /** Pieces as they arrive: each in an array of its own. */
  private static List<ByteBuffer> received(Encoded encoded) {
    List<ByteBuffer> received = new ArrayList<>();
    for (ByteBuffer piece : encoded.pieces()) {
      received.add(ByteBuffer.allocate(piece.remaining()).put(piece.duplicate()).flip());
    }
    return received;
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void aLargeArrayIsAPieceAndComesOutEqual(Object array) {
    for (Encoder encoder : List.of(copying, sharing)) {
      Encoded encoded = encoder.encode(array);
      assertEquals(1, encoded.pieces().size());
      assertTrue(encoded.size() < 20);
      assertTrue(Arrays.deepEquals(new Object[] {array}, new Object[] {decoded(encoded)}));
    }
  }

  @Test
  void anArrayOfBytesIsCopiedOnTheWayOutOnlyWhereThatIsAsked() {
    byte[] array = new byte[LARGE];
    Encoded shared = sharing.encode(array);
    Encoded copied = copying.encode(array);
    array[0] = 1;
    assertEquals(1, shared.pieces().getFirst().get(0));
    assertEquals(0, copied.pieces().getFirst().get(0));
  }

  @Test
  void aPieceInAnArrayOfItsOwnBecomesTheValue() {
    Encoded encoded = copying.encode(new byte[LARGE]);
    byte[] own = new byte[LARGE];
    assertSame(own, decoder.decode(encoded.bytes(), List.of(ByteBuffer.wrap(own)), LOADER));
  }

  @Test
  void onePieceOfMoreThanOneArrayIsEach() {
    byte[] first = {1};
    long[] second = new long[LARGE];
    second[LARGE - 1] = 7;
    byte[] third = new byte[LARGE];
    TaskFunction<Object, Object> body = ignored -> second.length + third.length + first.length;
    TaskCall.OfFunction<?, ?> call = new TaskCall.OfFunction<>(body, third);
    Encoded encoded = copying.encode(call);
    assertEquals(2, encoded.pieces().size(), "what is there twice is sent once");
    TaskCall.OfFunction<?, ?> decoded =
        assertInstanceOf(TaskCall.OfFunction.class, decoded(encoded));
    assertArrayEquals(third, (byte[]) decoded.argument());
  }

  @Test
  void withAnObjectStreamAllIsInThat() {
    Encoded encoded = copying.encode(List.of(new byte[LARGE]));
    assertEquals(List.of(), encoded.pieces());
    assertArrayEquals(
        new byte[LARGE], (byte[]) assertInstanceOf(List.class, decoded(encoded)).getFirst());
  }

  @Test
  void moreArraysThanPiecesStandAmongTheRest() {
    List<byte[]> arrays = IntStream.range(0, 40).mapToObj(i -> filled((byte) i)).toList();
    TaskFunction<Object, Object> body = ignored -> 1;
    Encoded encoded = copying.encode(new TaskCall.OfChunk<>(body, new ArrayList<>(arrays)));
    TaskCall.OfChunk<?, ?> decoded = assertInstanceOf(TaskCall.OfChunk.class, decoded(encoded));
    for (int i = 0; i < 40; i++) {
      assertArrayEquals(arrays.get(i), (byte[]) decoded.arguments().get(i));
    }
  }

  private static byte[] filled(byte value) {
    byte[] array = new byte[Output.SMALLEST_PIECE];
    Arrays.fill(array, value);
    return array;
  }

  @Test
  void piecesThatDoNotFitAreDamage() {
    Encoded encoded = copying.encode(new int[LARGE]);
    ByteBuffer piece = received(encoded).getFirst();
    for (List<ByteBuffer> wrong :
        List.of(
            List.<ByteBuffer>of(),
            List.of(piece.duplicate().limit(LARGE)),
            List.of(piece, piece.duplicate()))) {
      assertThrows(
          TaskEncodingException.class, () -> decoder.decode(encoded.bytes(), wrong, LOADER));
    }
  }

  @Test
  void theFilterIsAskedAboutPieces() {
    Decoder strict =
        new Decoder(
            info ->
                info.serialClass() == byte[].class
                    ? java.io.ObjectInputFilter.Status.REJECTED
                    : java.io.ObjectInputFilter.Status.UNDECIDED);
    Encoded encoded = copying.encode(new byte[LARGE]);
    assertThrows(
        TaskEncodingException.class,
        () -> strict.decode(encoded.bytes(), received(encoded), LOADER));
  }

  @Test
  void memoryThatWasGivenBackIsUsedAgain() {
    Encoded first = copying.encode(new byte[LARGE]);
    ByteBuffer memory = first.pieces().getFirst();
    assertNotSame(memory, copying.encode(new byte[LARGE]).pieces().getFirst());
    first.release();
    assertSame(memory, copying.encode(new long[LARGE / 10]).pieces().getFirst());
    assertEquals(LARGE / 10 * Long.BYTES, memory.remaining());
  }

  @Test
  void memoryIsGivenBackOnceThoughThePayloadIsReleasedTwice() {
    Encoded first = copying.encode(new byte[LARGE]);
    ByteBuffer memory = first.pieces().getFirst();
    first.release();
    Encoded second = copying.encode(new byte[LARGE]);
    assertSame(memory, second.pieces().getFirst());
    first.release();
    assertNotSame(memory, copying.encode(new byte[LARGE]).pieces().getFirst());
    second.release();
    assertSame(memory, copying.encode(new byte[LARGE]).pieces().getFirst());
  }

  @Test
  void itIsToldWhenMemoryIsSpareBecauseAPayloadNeedsAnObjectStreamAfterAll() {
    TaskFunction<Object, Object> body = ignored -> 1;
    List<Object> arguments = new ArrayList<>(List.of(new byte[LARGE], List.of(1)));
    Encoded encoded = copying.encode(new TaskCall.OfChunk<>(body, arguments));
    assertEquals(List.of(), encoded.pieces());
    assertEquals(1, timesSpare.get());
  }

  @Test
  void whatIsTooLargeOnlyWithItsPiecesIsTooLarge() {
    Output out = new Output(16, Pieces.SHARED, null);
    byte[] array = new byte[Integer.MAX_VALUE / 32];
    for (int i = 0; i < 31; i++) {
      out.addPiece(array);
    }
    out.checkSize();
    out.addPiece(array);
    assertThrows(PayloadTooLargeException.class, out::checkSize);
  }

  @Test
  void thePoolHasACapAndLetsGo() {
    int half = (int) (PiecePool.MOST_BYTES / 2);
    ByteBuffer first = Objects.requireNonNull(pool.take(half));
    ByteBuffer second = Objects.requireNonNull(pool.take(half));
    assertNull(pool.take(1));
    assertNull(pool.take(Integer.MAX_VALUE));
    pool.giveBack(first);
    assertTrue(pool.trim(Long.MAX_VALUE));
    assertNull(pool.take(half / 4 * 5), "the other half is lent");
    Objects.requireNonNull(pool.take(half / 4), "the spare one is let go of for it");
    pool.giveBack(second);
    assertTrue(!pool.trim(0));
  }
}
