package dev.baton.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.Overflow;
import dev.baton.ThreadOptions;
import dev.baton.VirtualOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingTest {

  @Test
  void anIntegerIsPutIntoTheOptions() {
    Setting workers = Setting.integer("workers", ThreadOptions.class, ThreadOptions::workers);
    assertEquals("a whole number, such as 4", workers.allowed());
    assertEquals(
        ThreadOptions.defaults().workers(12),
        workers.apply().apply(ThreadOptions.defaults(), " 12 "));
  }

  @ParameterizedTest
  @CsvSource({"5ms, PT0.005S", "5s, PT5S", "5m, PT5M", "5h, PT5H", "PT5.5S, PT5.5S"})
  void aTimeIsPutIntoTheOptions(String text, Duration expected) {
    Setting timeout = Setting.duration("timeout", VirtualOptions.class, VirtualOptions::timeout);
    assertEquals(
        VirtualOptions.defaults().timeout(expected),
        timeout.apply().apply(VirtualOptions.defaults(), text));
  }

  @Test
  void aChoiceListsItsConstantsInKebabCase() {
    Setting overflow =
        Setting.choice("overflow", ThreadOptions.class, Overflow.class, ThreadOptions::overflow);
    assertEquals("block | reject | caller-runs", overflow.allowed());
    assertEquals(
        ThreadOptions.defaults().overflow(Overflow.CALLER_RUNS),
        overflow.apply().apply(ThreadOptions.defaults(), "caller-runs"));
  }

  @Test
  @SuppressWarnings("NullAway") // null is the point
  void nothingMayBeNull() {
    assertThrows(NullPointerException.class, () -> new Setting(null, "any", (o, text) -> o));
    assertThrows(NullPointerException.class, () -> new Setting("key", null, (o, text) -> o));
    assertThrows(NullPointerException.class, () -> new Setting("key", "any", null));
  }
}
