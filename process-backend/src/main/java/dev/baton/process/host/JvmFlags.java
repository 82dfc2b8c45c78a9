package dev.baton.process.host;

import com.sun.management.OperatingSystemMXBean;
import dev.baton.process.ProcessOptions;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The options that the JVM of a worker is started with. */
final class JvmFlags {

  private static final Logger LOG = LoggerFactory.getLogger(JvmFlags.class);

  /**
   * A small and quick start; a report of a crash where we read it; and loops that stop for a halt.
   */
  static final List<String> FIXED =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "-XX:+UseCountedLoopSafepoints",
          "-XX:LoopStripMiningIter=1000",
          "-XX:+ErrorFileToStderr",
          "-Dslf4j.internal.verbosity=WARN",
          "-Dslf4j.provider=dev.baton.process.worker.LogProvider");

  private static final List<String> REPEATED =
      List.of("--add-opens=", "--add-exports=", "--enable-native-access=", "--enable-preview");

  private static final long MEGABYTE = 1 << 20;
  private static final long SMALLEST_DEFAULT = 64;

  private JvmFlags() {}

  /** Returns them for some options. */
  static List<String> of(ProcessOptions options) {
    long heap = heapOf(options);
    int processors = Runtime.getRuntime().availableProcessors();
    List<String> flags = new ArrayList<>(FIXED);
    flags.add("-Xmx" + heap + "m");
    flags.add("-XX:ActiveProcessorCount=" + processors);
    repeated().forEach(flags::add);
    flags.addAll(options.jvmArgs());
    return flags;
  }

  /** Returns the heap of a worker in megabytes, and warns if all together want too much. */
  private static long heapOf(ProcessOptions options) {
    long memory =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize()
            / MEGABYTE;
    Integer asked = options.heap();
    long heap =
        asked != null
            ? asked
            : Math.max(SMALLEST_DEFAULT, Math.min(memory / 4, memory / 2 / options.workers()));
    long own = Runtime.getRuntime().maxMemory() / MEGABYTE;
    if (own + heap * options.workers() > memory) {
      LOG.warn(
          "{} workers with heaps of {} MB and this JVM's {} MB may want {} MB, where there are {}."
              + " Set heap or workers lower.",
          options.workers(),
          heap,
          own,
          own + heap * options.workers(),
          memory);
    }
    return heap;
  }

  /** Returns the flags of this JVM about modules of the JDK, which the worker's code needs too. */
  private static Stream<String> repeated() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> REPEATED.stream().anyMatch(argument::startsWith))
        .map(JvmFlags::toUnnamed);
  }

  /** In a worker the application's code is in no named module. */
  private static String toUnnamed(String argument) {
    int target = argument.startsWith("--add-") ? argument.lastIndexOf('=') : -1;
    return target > argument.indexOf('=')
        ? argument.substring(0, target) + "=ALL-UNNAMED"
        : argument;
  }
}
