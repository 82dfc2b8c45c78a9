package dev.baton.process.host;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Finds the program that runs a worker. */
final class JavaHome {

  private static final int OLDEST = 21;

  private JavaHome() {}

  /**
   * Returns the {@code java} of a home, or of this JVM.
   *
   * @throws IllegalArgumentException if there is none, or if it is too old
   */
  static Path java(@Nullable Path given) {
    Path home = home(given);
    Path java = home.resolve("bin").resolve(isWindows() ? "java.exe" : "java");
    if (!Files.isExecutable(java)) {
      throw new IllegalArgumentException(
          "java-home is no JDK: " + home + ". There is no program " + java + ".");
    }
    if (given != null) {
      checkVersion(home);
    }
    return java.toAbsolutePath();
  }

  /** Returns a home, or that of this JVM. */
  static Path home(@Nullable Path given) {
    return given != null ? given : Path.of(System.getProperty("java.home"));
  }

  static boolean isWindows() {
    return System.getProperty("os.name", "").startsWith("Windows");
  }

  private static void checkVersion(Path home) {
    Path release = home.resolve("release");
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(release, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException unreadable) {
      return; // a JDK without the file shows its version when a worker starts
    }
    String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
    int feature = feature(version);
    if (feature > 0 && feature < OLDEST) {
      throw new IllegalArgumentException(
          "java-home is too old: "
              + home
              + " is of version "
              + version
              + ", and workers need "
              + OLDEST
              + " or newer.");
    }
  }

  private static int feature(String version) {
    try {
      return Runtime.Version.parse(version).feature();
    } catch (IllegalArgumentException unknown) {
      return version.startsWith("1.") ? 8 : 0;
    }
  }
}
