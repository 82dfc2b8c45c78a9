package dev.baton.verification.apart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A user's program finds the backends that are built in, and one of the user's own. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class BuiltApartTest {

  private static final String MAIN =
      """
      package app;

      import dev.baton.Baton;
      import dev.baton.Task;

      public final class Main {
        private Main() {}

        public static void main(String[] args) throws Exception {
          for (String backend : new String[] {"threads", "virtual", "mine"}) {
            try (Baton baton = Baton.open(backend)) {
              Task<Integer> task = () -> 6 * 7;
              System.out.println(backend + " " + baton.submit(task).get());
            }
          }
        }
      }
      """;

  private static final String PROVIDER =
      """
      package app;

      import dev.baton.BackendOptions;
      import dev.baton.CommonOptions;
      import dev.baton.spi.Backend;
      import dev.baton.spi.BackendHost;
      import dev.baton.spi.BackendProvider;
      import dev.baton.spi.TaskRun;

      public final class Mine implements BackendProvider {
        public Mine() {}

        public record Options(CommonOptions common) implements BackendOptions {
          @Override public String backend() { return "mine"; }
          @Override public Options with(CommonOptions common) { return new Options(common); }
        }

        @Override public String name() { return "mine"; }

        @Override public BackendOptions defaults() { return new Options(CommonOptions.lending(0)); }

        @Override public Backend open(BackendOptions options, BackendHost host) {
          host.credit(1);
          return new Backend() {
            @Override public void start(TaskRun run) {
              Thread.ofVirtual().start(() -> { run.run(); host.credit(1); });
            }

            @Override public void close() {}
          };
        }
      }
      """;

  private static final String MODULE =
      """
      module app {
        requires dev.baton;
        provides dev.baton.spi.BackendProvider with app.Mine;
      }
      """;

  private static final String FOUND = "threads 42\nvirtual 42\nmine 42";

  private static Map<String, String> sources() {
    return new HashMap<>(Map.of("app/Main.java", MAIN, "app/Mine.java", PROVIDER));
  }

  @Test
  void aProgramOnTheClassPathFindsItsBackends(@TempDir Path folder) throws Exception {
    Map<String, String> files = sources();
    files.put("META-INF/services/dev.baton.spi.BackendProvider", "app.Mine");

    assertEquals(FOUND, Program.onClassPath(folder, files).run("app.Main"));
  }

  @Test
  void aProgramOnTheModulePathFindsItsBackends(@TempDir Path folder) throws Exception {
    Map<String, String> files = sources();
    files.put("module-info.java", MODULE);

    assertEquals(FOUND, Program.onModulePath(folder, files).run("app", "app.Main"));
  }
}
