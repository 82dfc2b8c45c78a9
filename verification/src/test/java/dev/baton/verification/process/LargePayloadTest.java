package dev.baton.verification.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.baton.Baton;
import dev.baton.Task;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskTimeoutException;
import dev.baton.WorkerLostException;
import dev.baton.process.ProcessOptions;
import dev.baton.process.ProcessOptions.Transport;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import dev.baton.testkit.signal.Signal;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Payloads of many megabytes, by every way that they may take. */
@ExtendWith({Watchdog.class, NoLeftovers.class})
class LargePayloadTest {

  private static final Duration LONG = Duration.ofSeconds(25);
  private static final int COUNT = 1_500_000;

  /** What a worker's region takes: the page before the slots, and 16 slots of a megabyte. */
  private static final long REGION_BYTES = 4096 + (16L << 20);

  @TempDir private Path directory;

  /** How payloads travel. */
  enum Way {
    MEMORY(Transport.AUTO, true),
    PIPE(Transport.AUTO, false),
    MEMORY_BESIDE_STREAMS(Transport.STREAMS, true),
    STREAMS(Transport.STREAMS, false);

    private final Transport transport;
    private final boolean sharesMemory;

    Way(Transport transport, boolean sharesMemory) {
      this.transport = transport;
      this.sharesMemory = sharesMemory;
    }

    ProcessOptions options() {
      ProcessOptions options = ProcessOptions.defaults().workers(1).heap(400).transport(transport);
      return sharesMemory ? options : options.withoutSharedMemory();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // that it has one is what is tested
  private record Measurement(String name, double[] values) implements Serializable {
    @Override
    public boolean equals(Object other) {
      return other instanceof Measurement measurement
          && name.equals(measurement.name)
          && Arrays.equals(values, measurement.values);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + Arrays.hashCode(values);
    }
  }

  private static List<Object> values() {
    byte[] bytes = new byte[8 * COUNT];
    long[] longs = new long[COUNT];
    int[] ints = new int[2 * COUNT];
    double[] doubles = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      bytes[8 * i] = (byte) i;
      longs[i] = i * 0x0123456789ABCDEFL;
      ints[2 * i] = i * 31;
      doubles[i] = i / 3.0;
    }
    return List.of(
        bytes,
        longs,
        ints,
        doubles,
        "latin ".repeat(COUNT / 6),
        "\u03b1\ud83d\ude00 ".repeat(COUNT / 4),
        new Measurement("field", doubles));
  }

  /** Says in a number what there is. */
  private static int digest(Object value) {
    return Arrays.deepHashCode(new Object[] {value});
  }

  private static byte[] bytes(int length, int seed) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i += 1000) {
      bytes[i] = (byte) (i / 1000 * seed);
    }
    return bytes;
  }

  @ParameterizedTest
  @EnumSource
  void whateverIsLargeArrivesEqualAtBothEnds(Way way) throws Exception {
    try (Baton baton = Baton.open(way.options())) {
      for (Object value : values()) {
        assertEquals(digest(value), baton.submit(LargePayloadTest::digest, value).get(LONG));
        Object back = baton.submit(same -> same, value).get(LONG);
        assertTrue(Arrays.deepEquals(new Object[] {value}, new Object[] {back}));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatTheCallerChangesAfterTheSubmitIsNotSent(Way way) throws Exception {
    byte[] data = bytes(20_000_000, 3);
    int before = digest(data);
    try (Baton baton = Baton.open(way.options())) {
      List<TaskFuture<Integer>> digests = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        digests.add(baton.submit(LargePayloadTest::digest, data));
      }
      Arrays.fill(data, (byte) 1);
      for (TaskFuture<Integer> digest : digests) {
        assertEquals(before, digest.get(LONG));
      }
    }
  }

  @Test
  void inAFullMemoryItGoesThroughThePipe() throws Exception {
    assumeTrue(isMounted(directory, "300k"), "only root may mount a small tmpfs");
    try {
      assertRoundTrips(ProcessOptions.defaults().sharedMemory(directory));
    } finally {
      run("umount", "-l", directory.toString());
    }
  }

  @Test
  void inAMemoryThatHasRoomForAFewSlotsItGoesBothWays() throws Exception {
    assumeTrue(isMounted(directory, "2500k"), "only root may mount a small tmpfs");
    try {
      assertRoundTrips(ProcessOptions.defaults().sharedMemory(directory));
    } finally {
      run("umount", "-l", directory.toString());
    }
  }

  @Test
  void withoutSuchADirectoryItGoesThroughThePipe() throws Exception {
    assertRoundTrips(ProcessOptions.defaults().sharedMemory(directory.resolve("absent")));
  }

  @Test
  void whereNothingCanBeWrittenItGoesThroughThePipe() throws Exception {
    assertRoundTrips(ProcessOptions.defaults().sharedMemory(Path.of("/proc")));
  }

  private static void assertRoundTrips(ProcessOptions options) throws Exception {
    try (Baton baton = Baton.open(options.workers(1).heap(400))) {
      assertRoundTrip(baton);
      assertRoundTrip(baton);
    }
  }

  private static void assertRoundTrip(Baton baton) throws Exception {
    byte[] data = bytes(10_000_000, 7);
    assertArrayEquals(data, baton.submit(same -> same, data).get(LONG));
  }

  private static boolean isMounted(Path directory, String size) throws Exception {
    return run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString()) == 0;
  }

  private static int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException absent) {
      return -1;
    }
  }

  @Test
  void aSettingNamesTheDirectoryInWhichNoFileStays() throws Exception {
    Map<String, String> settings =
        Map.of(
            "backend", "process", "workers", "1", "heap", "400", "shared-memory", "" + directory);
    try (Baton baton = Baton.configured("reports", settings)) {
      assertRoundTrip(baton);
      awaitNoFile(directory);
      assertTrue(regionsMappedIn(directory) > 0, "it is not used at all");
    }
    try (Baton baton =
        Baton.configured("reports", Map.of("backend", "process", "shared-memory", "off"))) {
      assertEquals(1, baton.submit(() -> 1).get(LONG));
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  /** Returns how many bytes of regions this JVM has mapped, or -1 where that cannot be seen. */
  private static long regionsMappedIn(Path directory) throws IOException {
    Path maps = Path.of("/proc/self/maps");
    if (!Files.isReadable(maps)) {
      return 1;
    }
    long sum = 0;
    for (String line : Files.readAllLines(maps)) {
      if (line.contains(directory + "/baton-region-")) {
        String[] ends = line.substring(0, line.indexOf(' ')).split("-", 2);
        sum += Long.parseUnsignedLong(ends[1], 16) - Long.parseUnsignedLong(ends[0], 16);
      }
    }
    return sum;
  }

  @Test
  void cancellingTenOfAHundredMegabytesLeavesNothing() throws Exception {
    byte[] data = bytes(100_000_000, 5);
    try (Baton baton =
        Baton.open(ProcessOptions.defaults().workers(2).heap(400).sharedMemory(directory))) {
      List<TaskFuture<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        futures.add(baton.submit(LargePayloadTest::digest, data));
      }
      futures.forEach(future -> future.cancel(true));
      for (TaskFuture<Integer> future : futures) {
        assertTrue(future.isDone());
        if (!future.isCancelled()) {
          assertEquals(digest(data), future.resultNow());
        }
        future.terminated().get(LONG);
      }
      assertRoundTrip(baton);
      awaitNoFile(directory);
      assertTrue(regionsMappedIn(directory) <= 2 * REGION_BYTES);
    }
    assertEquals(List.of(), files(directory));
  }

  @Test
  void aTimeoutEndsATaskWithALargeArgument() throws Exception {
    TaskOptions brief = TaskOptions.none().timeout(Duration.ofMillis(50));
    byte[] data = bytes(20_000_000, 5);
    try (Baton baton = Baton.open(Way.MEMORY.options())) {
      TaskFuture<Integer> slow =
          baton.submit(
              brief,
              () -> {
                Thread.sleep(60_000);
                return data.length;
              });
      assertInstanceOf(TaskTimeoutException.class, slow.exception(LONG));
      slow.terminated().get(LONG);
      assertRoundTrip(baton);
    }
  }

  @Test
  void aWorkerThatDiesAsItIsSentOrSendsMuchHarmsNobodyElse() throws Exception {
    byte[] data = bytes(15_000_000, 11);
    int right = digest(data);
    try (Baton baton =
        Baton.open(ProcessOptions.defaults().workers(2).heap(400).sharedMemory(directory))) {
      for (int millis = 1; millis <= 64; millis *= 4) {
        int after = millis;
        TaskFuture<byte[]> culprit = baton.submit(() -> dieAfter(after));
        TaskFuture<byte[]> bystander = baton.submit(same -> same, data);
        TaskFuture<Integer> next = baton.submit(LargePayloadTest::digest, data);
        Throwable failure = culprit.exception(LONG);
        if (failure != null) {
          assertInstanceOf(WorkerLostException.class, failure);
        }
        // it may have been sent to the worker that was about to die, and then have begun there
        assertRightOrLost(bystander, LargePayloadTest::digest, right);
        assertRightOrLost(next, digest -> digest, right);
      }
      assertRoundTrip(baton);
      awaitNoFile(directory);
    }
  }

  /** Waits for the workers that replace others, too, to have opened theirs. */
  private static void awaitNoFile(Path directory) {
    Awaitility.await().untilAsserted(() -> assertEquals(List.of(), files(directory)));
  }

  private static byte[] dieAfter(int millis) {
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                Thread.sleep(millis);
              } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(3);
            });
    return bytes(60_000_000, 13);
  }

  private static <T> void assertRightOrLost(
      TaskFuture<T> future, Function<T, Integer> digest, int right) throws Exception {
    Throwable failure = future.exception(LONG);
    if (failure == null) {
      assertEquals(right, digest.apply(future.resultNow()));
    } else {
      assertInstanceOf(WorkerLostException.class, failure);
    }
  }

  @Test
  void whatBeginsOnceMoreHasItsArgumentAsItWasSubmitted() throws Exception {
    Signal begun = Signal.create();
    byte[] data = bytes(20_000_000, 17);
    int right = digest(data);
    try (Baton baton = Baton.open(Way.MEMORY.options())) {
      Task<Integer> fatalOnce =
          () -> {
            begun.count();
            if (begun.total() == 1) {
              Runtime.getRuntime().halt(3);
            }
            return digest(data);
          };
      TaskFuture<Integer> future = baton.submit(TaskOptions.none().idempotent(), fatalOnce);
      Arrays.fill(data, (byte) 0);
      byte[] other = bytes(20_000_000, 19);
      TaskFuture<Integer> second = baton.submit(LargePayloadTest::digest, other);
      assertEquals(right, future.get(LONG));
      assertEquals(digest(other), second.get(LONG));
    }
    begun.drop();
  }

  @Test
  void tasksOfTasksMayBeLargeToo() throws Exception {
    try (Baton baton = Baton.open(Way.MEMORY.options().workers(2))) {
      int length =
          baton
              .submit(
                  () -> {
                    byte[] data = bytes(5_000_000, 23);
                    byte[] back = TaskContext.current().baton().submit(same -> same, data).get();
                    return Arrays.equals(data, back) ? back.length : -1;
                  })
              .get(LONG);
      assertEquals(5_000_000, length);
    }
  }

  @Test
  void whatAKilledProgramHasLeftIsRemovedByTheNext() throws Exception {
    Path left = Files.createFile(directory.resolve("baton-region-999999999-left"));
    try (Baton baton = Baton.open(Way.MEMORY.options().sharedMemory(directory))) {
      assertEquals(1, baton.submit(() -> 1).get(LONG));
      Awaitility.await().until(() -> Files.notExists(left));
    }
  }
}
