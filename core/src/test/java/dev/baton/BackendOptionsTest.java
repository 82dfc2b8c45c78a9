package dev.baton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.event.BatonListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BackendOptionsTest {

  private static final BatonListener FIRST = event -> {};
  private static final BatonListener SECOND = event -> {};

  static Stream<BackendOptions.Fluent<?>> kinds() {
    return Stream.of(ThreadOptions.defaults(), VirtualOptions.defaults());
  }

  private static @Nullable String messageOf(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void eachCommonMethodChangesOneOptionOfACopy(BackendOptions.Fluent<?> options) {
    CommonOptions before = options.common();
    assertEquals(new CommonOptions(null, null, 64, false, Map.of(), List.of()), before);

    Duration minute = Duration.ofMinutes(1);
    assertEquals(
        new CommonOptions(minute, null, 64, false, Map.of(), List.of()),
        options.timeout(minute).common());
    assertEquals(
        new CommonOptions(null, 3, 64, false, Map.of(), List.of()), options.limit(3).common());
    assertEquals(
        new CommonOptions(null, null, 0, false, Map.of(), List.of()), options.lend(0).common());
    Task<String> factory = () -> "made";
    assertEquals(
        new CommonOptions(null, null, 64, false, Map.of(String.class, factory), List.of()),
        options.resource(String.class, factory).common());
    assertEquals(
        new CommonOptions(null, null, 64, false, Map.of(), List.of(FIRST, SECOND)),
        options.listener(FIRST).listener(SECOND).common());
    assertEquals(before, options.common());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void commonOptionsAreCheckedAndTheMessageHasTheValue(BackendOptions.Fluent<?> options) {
    assertEquals("timeout must be positive: PT0S", messageOf(() -> options.timeout(Duration.ZERO)));
    assertEquals("limit must be at least 1: 0", messageOf(() -> options.limit(0)));
    assertEquals("limit must be at least 1: -7", messageOf(() -> options.limit(-7)));
    assertEquals("lend must not be negative: -1", messageOf(() -> options.lend(-1)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @SuppressWarnings("NullAway") // null is the point
  void commonOptionsAreNotNull(BackendOptions.Fluent<?> options) {
    assertEquals("timeout", nullMessageOf(() -> options.timeout(null)));
    assertEquals("type", nullMessageOf(() -> options.resource(null, () -> "made")));
    assertEquals("factory", nullMessageOf(() -> options.resource(String.class, null)));
    assertEquals("listener", nullMessageOf(() -> options.listener(null)));
    assertEquals("common", nullMessageOf(() -> options.with(null)));
  }

  private static @Nullable String nullMessageOf(Runnable call) {
    return assertThrows(NullPointerException.class, call::run).getMessage();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theFactoryGivenLastForATypeCounts(BackendOptions.Fluent<?> options) {
    Task<String> first = () -> "first";
    Task<String> last = () -> "last";
    BackendOptions both =
        options
            .resource(String.class, first)
            .with(options.resource(String.class, first).resource(String.class, last).common());
    assertEquals(Map.of(String.class, last), both.common().resources());
  }

  @Test
  void collectionsGivenToCommonOptionsAreCopied() {
    Map<Class<?>, Task<?>> resources = new HashMap<>();
    List<BatonListener> listeners = new ArrayList<>();
    CommonOptions common = new CommonOptions(null, null, 0, false, resources, listeners);
    resources.put(String.class, () -> "late");
    listeners.add(FIRST);
    assertEquals(CommonOptions.lending(0), common);
    assertThrows(UnsupportedOperationException.class, () -> common.resources().clear());
    assertThrows(UnsupportedOperationException.class, () -> common.listeners().add(FIRST));
  }

  @Test
  void threadsHaveDefaults() {
    ThreadOptions defaults = ThreadOptions.defaults();
    assertEquals("threads", defaults.backend());
    assertEquals(Runtime.getRuntime().availableProcessors(), defaults.workers());
    assertNull(defaults.queue());
    assertEquals(Overflow.BLOCK, defaults.overflow());
  }

  @Test
  void eachMethodOfThreadsChangesOneOptionOfACopy() {
    CommonOptions common = CommonOptions.lending(1);
    ThreadOptions options = new ThreadOptions(2, 3, Overflow.REJECT, common);
    assertEquals(new ThreadOptions(8, 3, Overflow.REJECT, common), options.workers(8));
    assertEquals(new ThreadOptions(2, 8, Overflow.REJECT, common), options.queue(8));
    assertEquals(
        new ThreadOptions(2, 3, Overflow.CALLER_RUNS, common),
        options.overflow(Overflow.CALLER_RUNS));
    assertEquals(
        new ThreadOptions(2, 3, Overflow.REJECT, CommonOptions.lending(2)),
        options.with(CommonOptions.lending(2)));
    assertEquals(new ThreadOptions(2, 3, Overflow.REJECT, common), options);
  }

  @Test
  @SuppressWarnings("NullAway") // null is the point
  void optionsOfThreadsAreChecked() {
    ThreadOptions options = ThreadOptions.defaults();
    assertEquals("workers must be at least 1: 0", messageOf(() -> options.workers(0)));
    assertEquals("workers must be at least 1: -1", messageOf(() -> options.workers(-1)));
    assertEquals("queue must be at least 1: 0", messageOf(() -> options.queue(0)));
    assertEquals("overflow", nullMessageOf(() -> options.overflow(null)));
  }

  @Test
  void overflowOfAQueueWithoutBoundCannotBeOpened() {
    assertEquals(
        "overflow is CALLER_RUNS, which would be ignored: the queue has no bound. Set queue too.",
        messageOf(() -> Baton.open(ThreadOptions.defaults().overflow(Overflow.CALLER_RUNS))));
  }

  @Test
  void virtualThreadsHaveDefaults() {
    assertEquals("virtual", VirtualOptions.defaults().backend());
    assertEquals(new VirtualOptions(CommonOptions.lending(64)), VirtualOptions.defaults());
  }

  @Test
  void theyAreShownByName() {
    assertEquals(
        "ThreadOptions[workers=8, queue=100, overflow=BLOCK, common=CommonOptions[timeout=PT1S,"
            + " limit=4, lend=0, isPortable=false, resources={}, listeners=[]]]",
        ThreadOptions.defaults()
            .workers(8)
            .queue(100)
            .timeout(Duration.ofSeconds(1))
            .limit(4)
            .lend(0)
            .toString());
  }

  @Test
  void boundsMayBeAsLargeAsTheyCan() {
    int most = Integer.MAX_VALUE;
    Baton.open(ThreadOptions.defaults().queue(most).limit(most).lend(most)).close();
    Baton.open(VirtualOptions.defaults().limit(most).lend(most)).close();
  }

  @Test
  void optionsOfAnotherBackendAreRefused() {
    BackendOptions wrong =
        new BackendOptions() {
          @Override
          public String backend() {
            return "threads";
          }

          @Override
          public CommonOptions common() {
            return CommonOptions.lending(0);
          }

          @Override
          public BackendOptions with(CommonOptions common) {
            return this;
          }
        };
    assertEquals(
        "Backend threads needs options of type dev.baton.ThreadOptions, not "
            + wrong.getClass().getName()
            + ".",
        messageOf(() -> Baton.open(wrong)));
  }
}
