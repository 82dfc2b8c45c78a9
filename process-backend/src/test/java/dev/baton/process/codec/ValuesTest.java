package dev.baton.process.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Task;
import dev.baton.TaskFunction;
import dev.baton.process.codec.sample.Point;
import dev.baton.spi.TaskCall;
import java.io.Serial;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values arrive equal, and what is one object stays one. */
@SuppressWarnings("ReferenceEquality") // identity is what some of these are about
class ValuesTest {

  private final Peer here = Peer.here();

  @Test
  void scalarsAreKnownByTheirFirstByte() {
    for (Object scalar :
        Arrays.asList(null, true, (byte) 1, 'a', 1, 1L, 1.0f, 1.0, "a", "\u4e16")) {
      assertTrue(Decoder.isScalar(new Encoder().encodeResult(scalar).bytes()), () -> "" + scalar);
    }
    for (Object other : List.of(List.of(1), new int[] {1}, new byte[] {1}, new Point(1, 2))) {
      assertFalse(Decoder.isScalar(new Encoder().encodeResult(other).bytes()), () -> "" + other);
    }
    assertFalse(Decoder.isScalar(ByteBuffer.allocate(0)));
    assertFalse(Decoder.isScalar(ByteBuffer.wrap(new byte[] {-1})));
  }

  static Stream<Object> values() {
    return Stream.of(
        true,
        false,
        Byte.MIN_VALUE,
        Short.MIN_VALUE,
        Short.MAX_VALUE,
        Character.MAX_VALUE,
        0,
        -1,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        Float.MIN_VALUE,
        -0.0f,
        -0.0,
        Double.NaN,
        Double.MAX_VALUE,
        "",
        "plain",
        "gr\u00fc\u00df",
        "\u4e16\u754c",
        "lone \ud800 surrogate",
        "x".repeat(100_000),
        new boolean[] {true, false},
        new byte[] {1, -1},
        new short[] {1, -1},
        new char[] {'a', '\uffff'},
        new int[] {1, -1},
        new long[] {1, Long.MIN_VALUE},
        new float[] {1, Float.NaN},
        new double[] {1, -0.0},
        new String[] {"a", null, "\u4e16"},
        new int[0],
        new int[][] {{1}, {2, 3}},
        new Object[] {1, "a", null},
        new Point(1, 2),
        TimeUnit.DAYS,
        Duration.ofMillis(5),
        List.of(1, 2),
        new HashMap<>(Map.of("a", 1)),
        String.class,
        int.class);
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueArrivesEqualAndOfTheSameType(Object value) {
    for (Object arrived : List.of(sent(value), fromDirect(value))) {
      assertSame(value.getClass(), arrived.getClass());
      assertArrayEquals(new Object[] {value}, new Object[] {arrived});
    }
  }

  private Object sent(Object value) {
    return Objects.requireNonNull(here.send(value));
  }

  private Object fromDirect(Object value) {
    Encoded encoded = here.encoder.encodeResult(value);
    ByteBuffer direct = ByteBuffer.allocateDirect(encoded.size() + 2).position(1);
    direct.put(encoded.bytes()).flip().position(1);
    return Objects.requireNonNull(here.decoder.decode(direct, here.loader));
  }

  @Test
  void nullArrives() {
    assertEquals(1, here.encoder.encode(null).size());
    assertEquals("null", String.valueOf(here.send(null)));
  }

  @Test
  void aNanKeepsItsBits() {
    double odd = Double.longBitsToDouble(0x7ff8000000000123L);
    assertEquals(0x7ff8000000000123L, Double.doubleToRawLongBits((Double) sent(odd)));
  }

  @Test
  void anArrayThatIsCapturedTwiceIsOneArray() throws Exception {
    int[] shared = {1};
    int[] alias = shared;
    Task<Boolean> task = () -> shared == alias;
    assertEquals(true, assertInstanceOf(Task.class, sent(task)).call());
  }

  @Test
  void anObjectThatIsCapturedTwiceIsOneObject() throws Exception {
    List<Integer> shared = new ArrayList<>();
    Object[] holder = {shared};
    int[] array = {1};
    Map<String, int[]> second = new HashMap<>(Map.of("k", array));
    Task<Boolean> task = () -> holder[0] == shared && second.get("k") == array;
    assertEquals(true, assertInstanceOf(Task.class, sent(task)).call());
  }

  @Test
  void aNestedLambdaSharesWhatItCapturesWithTheOuterOne() throws Exception {
    AtomicInteger shared = new AtomicInteger();
    TaskFunction<Integer, Integer> add = shared::addAndGet;
    Task<Integer> task = () -> add.apply(5) + shared.get();
    assertEquals(10, assertInstanceOf(Task.class, sent(task)).call());
  }

  @Test
  void aNestedLambdaThatIsCapturedTwiceIsOneLambda() throws Exception {
    int n = 1;
    TaskFunction<Integer, Integer> add = i -> i + n;
    TaskFunction<Integer, Integer> same = add;
    Task<Boolean> task = () -> add == same;
    assertEquals(true, assertInstanceOf(Task.class, sent(task)).call());
    List<Object> list = new ArrayList<>(List.of(add));
    Task<Boolean> listed = () -> add == list.getFirst();
    assertEquals(true, assertInstanceOf(Task.class, sent(listed)).call());
  }

  @Test
  void argumentAndFunctionShareWhatTheyReach() throws Exception {
    List<Integer> shared = new ArrayList<>();
    TaskFunction<List<Integer>, Boolean> function = list -> list == shared;
    assertEquals(
        true,
        assertInstanceOf(TaskCall.class, sent(new TaskCall.OfFunction<>(function, shared))).call());
  }

  @Test
  void manyArraysAndLambdasKeepTheirIdentityToo() throws Exception {
    int[][] arrays = new int[40][1];
    Task<Integer> chain = () -> 0;
    for (int i = 0; i < arrays.length; i++) {
      Task<Integer> before = chain;
      int[] array = arrays[i];
      int[] first = arrays[0];
      chain = () -> before.call() + (array == first ? 1 : 0) + array[0] + first[0];
    }
    assertEquals(1, assertInstanceOf(Task.class, sent(chain)).call());
  }

  @Test
  void lambdasThatDoubleAtEachStepAreWrittenOnce() throws Exception {
    Task<Integer> doubling = () -> 1;
    for (int i = 0; i < 60; i++) {
      Task<Integer> left = doubling;
      Task<Integer> right = doubling;
      doubling = () -> left == right ? left.call() + 1 : -1;
    }
    assertEquals(61, assertInstanceOf(Task.class, sent(doubling)).call());
  }

  /** Holds the very task that captures it. */
  private static final class Service implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    private final ArrayList<String> log = new ArrayList<>();
    private final Task<Integer> own = () -> logged("own");

    private int logged(String text) {
      log.add(text);
      return log.size();
    }
  }

  @Test
  void aTaskMayCaptureTheObjectThatHoldsIt() throws Exception {
    Service service = new Service();
    Task<Integer> task = () -> service.own.call() + service.own.call();
    assertEquals(3, assertInstanceOf(Task.class, sent(task)).call());
    assertEquals(1, assertInstanceOf(Task.class, sent(service.own)).call());
  }

  @Test
  void aCopyIsACopy() {
    List<Integer> list = new ArrayList<>(List.of(1));
    assertNotSame(list, sent(list));
  }

  @Test
  void aProxyArrivesAsOne() {
    Function<?, ?> proxy =
        (Function<?, ?>)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Function.class, Hidden.class},
                new Echo());
    Object arrived = sent(proxy);
    assertEquals("Echo", Proxy.getInvocationHandler(arrived).getClass().getSimpleName());
    assertInstanceOf(Function.class, arrived);
    assertInstanceOf(Hidden.class, arrived);
  }

  interface Hidden {}

  private record Echo() implements java.lang.reflect.InvocationHandler, Serializable {
    @Override
    public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
      return method.getName();
    }
  }

  @Test
  void anEncodedFormIsAsLongAsItSays() {
    Encoded encoded = here.encoder.encode("abc");
    assertEquals(encoded.size(), encoded.bytes().remaining());
    assertEquals("Encoded[5 bytes, []]", encoded.toString());
    assertEquals("[10, 3, 97, 98, 99]", Arrays.toString(bytesOf(encoded)));
  }

  private static byte[] bytesOf(Encoded encoded) {
    byte[] bytes = new byte[encoded.size()];
    encoded.bytes().get(bytes);
    return bytes;
  }
}
