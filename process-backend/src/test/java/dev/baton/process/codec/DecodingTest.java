package dev.baton.process.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Task;
import dev.baton.TaskEncodingException;
import dev.baton.process.codec.sample.Holder;
import dev.baton.process.codec.sample.Point;
import dev.baton.process.codec.sample.Shapes;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What cannot be decoded, or may not be, is said; loaders can go. */
class DecodingTest {

  private static final ObjectInputFilter NO_SAMPLES =
      info ->
          info.serialClass() != null && info.serialClass().getName().contains(".sample.")
              ? ObjectInputFilter.Status.REJECTED
              : ObjectInputFilter.Status.UNDECIDED;

  private static Task<?> shape(String name) {
    return Objects.requireNonNull(Shapes.all().get(name)).task();
  }

  private static String refusal(Peer peer, Object value) {
    TaskEncodingException refusal =
        assertThrows(TaskEncodingException.class, () -> peer.send(value));
    return String.valueOf(refusal.getMessage());
  }

  @Test
  void aFilterRefusesObjects() {
    Peer peer = new Peer(getClass().getClassLoader(), NO_SAMPLES);
    String message = refusal(peer, new Point(1, 2));
    assertTrue(
        message.matches(
            "Cannot decode a payload of \\d+ bytes: the filter given refuses"
                + " dev\\.baton\\.process\\.codec\\.sample\\.Point\\. If it may be decoded, widen the"
                + " filter, or send it in smaller parts\\."),
        message);
    assertEquals(List.of(1), peer.send(List.of(1)));
  }

  @Test
  void aFilterRefusesLambdasByTheirClass() {
    Peer peer = new Peer(getClass().getClassLoader(), NO_SAMPLES);
    String refused = "the filter given refuses dev.baton.process.codec.sample.Shapes. If";
    String plain = refusal(peer, shape("captures nothing"));
    assertTrue(plain.contains(refused), plain);
    Object held = new Object[] {shape("captures nothing")};
    String streamed = refusal(peer, held);
    assertTrue(streamed.contains(refused), streamed);
  }

  @Test
  void aFilterThatListsWhatIsAllowedAllowsLambdasOfIt() throws Exception {
    ObjectInputFilter only =
        ObjectInputFilter.Config.createFilter("dev.baton.process.codec.sample.*;java.base/*;!*");
    Peer peer = new Peer(getClass().getClassLoader(), only);
    for (Shapes.Shape shape : Shapes.all().values()) {
      Task<?> task = assertInstanceOf(Task.class, peer.send(new Object[] {shape.task()}[0]));
      assertEquals(shape.result(), String.valueOf(task.call()));
    }
    Object[] holding = {shape("a nested lambda"), new Point(1, 2)};
    assertInstanceOf(Object[].class, peer.send(holding));
  }

  @Test
  void aFilterRefusesCompactArraysToo() {
    ObjectInputFilter small = ObjectInputFilter.Config.createFilter("maxarray=10");
    Peer peer = new Peer(getClass().getClassLoader(), small);
    String message = refusal(peer, new int[11]);
    assertTrue(message.contains("the filter given refuses int[]. If"), message);
    assertInstanceOf(int[].class, peer.send(new int[10]));
  }

  @Test
  void aLengthThatThePayloadCannotHoldIsRefused() {
    DecodingFilter filter = new DecodingFilter(null, false, 100);
    assertSame(ObjectInputFilter.Status.REJECTED, filter.checkInput(info(long[].class, 13, 1, 1)));
    assertEquals("its 100 bytes cannot hold the 13 elements of a long[]", filter.refusal());
    assertSame(ObjectInputFilter.Status.ALLOWED, filter.checkInput(info(long[].class, 12, 1, 1)));
    assertSame(
        ObjectInputFilter.Status.REJECTED, filter.checkInput(info(Object[].class, 1825, 1, 1)));
    assertSame(
        ObjectInputFilter.Status.ALLOWED, filter.checkInput(info(Object[].class, 1824, 1, 1)));
  }

  @Test
  void depthAndNumberOfObjectsAreLimited() {
    DecodingFilter filter = new DecodingFilter(null, false, 100);
    assertSame(
        ObjectInputFilter.Status.REJECTED, filter.checkInput(info(Point.class, -1, 10_001, 1)));
    assertEquals("it is nested more than 10000 objects deep", filter.refusal());
    assertSame(
        ObjectInputFilter.Status.REJECTED,
        filter.checkInput(info(Point.class, -1, 1, 100_000_001)));
    assertEquals("it has more than 100000000 objects", filter.refusal());
    assertSame(
        ObjectInputFilter.Status.ALLOWED, filter.checkInput(info(Point.class, -1, 10_000, 1)));
  }

  private static ObjectInputFilter.FilterInfo info(
      Class<?> type, long length, long depth, long references) {
    record Info(
        Class<?> serialClass, long arrayLength, long depth, long references, long streamBytes)
        implements ObjectInputFilter.FilterInfo {}
    return new Info(type, length, depth, references, 1);
  }

  @Test
  void aClassThatIsMissingIsNamed() {
    Peer peer = new Peer(new ChildFirst(Point.class.getName()), null);
    String message = refusal(peer, new Point(1, 2));
    assertTrue(
        message.endsWith(
            "bytes: class dev.baton.process.codec.sample.Point was not found by the loader apart."
                + " Put it on the class path of both sides."),
        message);
    Peer lambdas = new Peer(new ChildFirst(Shapes.class.getName()), null);
    String lambda = refusal(lambdas, shape("captures nothing"));
    assertTrue(
        lambda.endsWith(
            "bytes: class dev.baton.process.codec.sample.Shapes was not found by the loader apart."
                + " Put it on the class path of both sides."),
        lambda);
  }

  @Test
  void aSiteThatWasNotToldIsRefused() {
    Peer peer = Peer.here();
    Encoded encoded = peer.encoder.encode(shape("captures nothing"));
    int site = encoded.templates().getFirst().site();
    int size = encoded.size();
    assertEquals(
        "Cannot decode a payload of "
            + size
            + " bytes: the bytes are damaged: the unknown lambda site "
            + site
            + " at byte "
            + size
            + " of "
            + size
            + ".",
        assertThrows(
                TaskEncodingException.class,
                () -> peer.decoder.decode(encoded.bytes(), peer.loader))
            .getMessage());
  }

  @Test
  void aTemplateLinksToTheLoaderOfEachPayload() {
    Peer peer = Peer.apart();
    Encoded encoded = peer.encoder.encode(shape("captures nothing"));
    peer.tell(encoded);
    for (ClassLoader loader : List.of(peer.loader, new ChildFirst(), peer.loader)) {
      Object task = Objects.requireNonNull(peer.decoder.decode(encoded.bytes(), loader));
      assertSame(loader, task.getClass().getClassLoader());
    }
  }

  @Test
  void aLoaderCanGoWithItsDecoder() {
    WeakReference<ClassLoader> loader = new WeakReference<>(used(new Decoder(null)));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              System.gc();
              return loader.refersTo(null);
            });
  }

  private static ClassLoader used(Decoder decoder) {
    Encoded encoded = new Encoder().encode(shape("a nested lambda"));
    encoded.templates().forEach(t -> decoder.define(t.site(), t.definition()));
    ClassLoader loader = new ChildFirst();
    Object task = Objects.requireNonNull(decoder.decode(encoded.bytes(), loader));
    new Encoder().encode(task); // the encoder's caches must not keep it either
    return loader;
  }

  private static final class Refusing implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    @Serial
    private void readObject(ObjectInputStream stream) throws IOException {
      throw new AssertionError("never");
    }
  }

  @Test
  void anObjectThatRefusesIsToldWithWhatItThrew() {
    String message = refusal(Peer.here(), new Refusing());
    assertTrue(
        message.endsWith(
            "bytes: java.lang.AssertionError: never. It was thrown while an object was read; the"
                + " cause shows where."),
        message);
  }

  @Test
  void aGraphTooDeepForAThreadsStackSparesTheThread() throws Exception {
    Holder deep = new Holder("end");
    for (int i = 0; i < 2_000; i++) {
      deep = new Holder(deep);
    }
    Encoded encoded = onThread(64 << 20, new Encoder(), deep);
    Peer peer = Peer.here();
    String[] message = new String[1];
    Thread small =
        new Thread(
            null,
            () -> {
              try {
                peer.receive(encoded);
              } catch (TaskEncodingException refusal) {
                message[0] = String.valueOf(refusal.getMessage());
              }
            },
            "small",
            200_000);
    small.start();
    small.join();
    assertTrue(
        message[0].endsWith(
            "bytes: its objects are nested too deeply for this thread's stack. Send them in a"
                + " flatter shape, such as a list or an array."),
        message[0]);
  }

  private static Encoded onThread(long stack, Encoder encoder, Object value) throws Exception {
    Encoded[] encoded = new Encoded[1];
    Thread thread = new Thread(null, () -> encoded[0] = encoder.encode(value), "large", stack);
    thread.start();
    thread.join();
    return encoded[0];
  }

  @Test
  void damageIsToldWithItsPlace() {
    assertEquals("the bytes are damaged: a tag of 127 at byte 1 of 2.", damage(0x7F, 0));
    assertEquals("the bytes are damaged: their end at byte 0 of 0.", damage());
    assertEquals("the bytes are damaged: more than one value at byte 1 of 2.", damage(0, 0));
    assertEquals("the bytes are damaged: a length of 100 at byte 2 of 2.", damage(Tag.BYTES, 100));
    assertEquals(
        "the bytes are damaged: a reference to value 3 at byte 2 of 2.", damage(Tag.SAME, 3));
    assertEquals(
        "the bytes are damaged: an object without a stream at byte 1 of 1.", damage(Tag.OBJECT));
    assertEquals(
        "the bytes are damaged: null where a part of a task is due at byte 2 of 2.",
        damage(Tag.ACTION, Tag.NULL));
    assertEquals(
        "the bytes are damaged: an offset of -1 at byte 5 of 5.",
        damage(Tag.STREAMED, 0xFF, 0xFF, 0xFF, 0xFF));
    assertEquals(
        "the bytes are damaged: they end too early.", damage(Tag.STREAMED, 0, 0, 0, 6, Tag.OBJECT));
    assertEquals(
        "the bytes are damaged: a tag of 6 where a string is due at byte 3 of 4.",
        damage(Tag.STRINGS, 1, Tag.INT, 0));
    assertEquals(
        "the bytes are damaged: a number of more than 64 bits at byte 11 of 12.",
        damage(Tag.LONG, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1));
  }

  private static String damage(int... bytes) {
    ByteBuffer payload = ByteBuffer.allocate(bytes.length);
    for (int value : bytes) {
      payload.put((byte) value);
    }
    payload.flip();
    String message =
        String.valueOf(
            assertThrows(
                    TaskEncodingException.class,
                    () -> new Decoder(null).decode(payload, DecodingTest.class.getClassLoader()))
                .getMessage());
    String start = "Cannot decode a payload of " + bytes.length + " bytes: ";
    assertTrue(message.startsWith(start), message);
    return message.substring(start.length());
  }

  @Test
  void aDefinitionThatIsDamagedIsRefused() {
    assertEquals(
        "Cannot learn lambda site 7: the bytes are damaged: a tag of 1 where a string is due at"
            + " byte 1 of 2.",
        assertThrows(
                TaskEncodingException.class,
                () -> new Decoder(null).define(7, ByteBuffer.wrap(new byte[] {1, 2})))
            .getMessage());
  }

  @Test
  void aLambdaThatTheClassDoesNotHaveIsRefused() {
    LambdaForm known = formOf(shape("captures nothing"));
    LambdaForm other =
        new LambdaForm(
            known.capturingClass(),
            known.interfaceClass(),
            known.interfaceMethod(),
            known.interfaceSignature(),
            known.implementationKind(),
            known.implementationClass(),
            "lambda$none$0",
            known.implementationSignature(),
            known.instantiatedType(),
            0);
    assertTrue(
        decodingOf(other)
            .endsWith(
                "bytes: java.lang.IllegalArgumentException: Invalid lambda deserialization. It was"
                    + " thrown while an object was read; the cause shows where."));
    LambdaForm without =
        new LambdaForm("java/lang/String", "a", "b", "c", 6, "d", "e", "f", "g", 0);
    String message = decodingOf(without);
    assertTrue(
        message.endsWith(
            "is missing, so the class has no serializable lambdas here. Give both sides the same"
                + " classes."),
        message);
  }

  private static LambdaForm formOf(Task<?> task) {
    try {
      Template template = new Encoder().encode(task).templates().getFirst();
      return LambdaForm.parse(template.definition());
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String decodingOf(LambdaForm form) {
    Decoder decoder = new Decoder(null);
    decoder.define(1, ByteBuffer.wrap(form.toBytes()));
    ByteBuffer payload = ByteBuffer.wrap(new byte[] {Tag.LAMBDA, 1});
    return String.valueOf(
        assertThrows(
                TaskEncodingException.class,
                () -> decoder.decode(payload, DecodingTest.class.getClassLoader()))
            .getMessage());
  }
}
