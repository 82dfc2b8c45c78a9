package dev.baton.process.host;

import dev.baton.BackendOptions;
import dev.baton.process.ProcessOptions;
import dev.baton.process.ProcessOptions.Transport;
import dev.baton.spi.Backend;
import dev.baton.spi.BackendHost;
import dev.baton.spi.BackendProvider;
import dev.baton.spi.Setting;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** The provider of the backend {@code process}. */
public final class ProcessProvider implements BackendProvider {

  /** Makes a provider, for {@link java.util.ServiceLoader}. */
  public ProcessProvider() {}

  @Override
  public String name() {
    return "process";
  }

  @Override
  public BackendOptions defaults() {
    return ProcessOptions.defaults();
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.integer("workers", ProcessOptions.class, ProcessOptions::workers),
        Setting.integer("heap", ProcessOptions.class, ProcessOptions::heap),
        Setting.duration("grace", ProcessOptions.class, ProcessOptions::grace),
        Setting.integer(
            "max-tasks-per-worker", ProcessOptions.class, ProcessOptions::maxTasksPerWorker),
        Setting.duration("idle-timeout", ProcessOptions.class, ProcessOptions::idleTimeout),
        Setting.duration("spin", ProcessOptions.class, ProcessOptions::spin),
        Setting.flag("archive", ProcessOptions.class, ProcessOptions::archive),
        Setting.choice(
            "transport", ProcessOptions.class, Transport.class, ProcessOptions::transport),
        text(
            "shared-memory",
            "a directory in memory, or off",
            (o, value) ->
                value.equals("off") ? o.withoutSharedMemory() : o.sharedMemory(Path.of(value))),
        text("java-home", "a JDK's home", (o, value) -> o.javaHome(Path.of(value))),
        text("working-directory", "a directory", (o, value) -> o.workingDirectory(Path.of(value))),
        text("class-path", "paths, separated as on a class path", ProcessProvider::classPath),
        text(
            "jvm-args",
            "options, separated by blanks",
            (o, value) -> o.jvmArgs(value.strip().split("\\s+"))));
  }

  private static ProcessOptions classPath(ProcessOptions options, String value) {
    Stream<String> entries = Arrays.stream(value.split(File.pathSeparator));
    return options.classPath(entries.map(Path::of).toList());
  }

  private static Setting text(
      String key, String allowed, BiFunction<ProcessOptions, String, BackendOptions> change) {
    return new Setting(
        key, allowed, (options, value) -> change.apply((ProcessOptions) options, value.strip()));
  }

  @Override
  public Backend open(BackendOptions options, BackendHost host) {
    return ProcessBackend.open((ProcessOptions) options, host);
  }
}
