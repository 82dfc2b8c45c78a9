package dev.baton.internal.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.BackendOptions;
import dev.baton.ThreadOptions;
import dev.baton.VirtualOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code baton.properties} on the class path of the thread that opens. */
class PropertiesFilesTest {

  @TempDir Path directory;

  private final @Nullable ClassLoader before = Thread.currentThread().getContextClassLoader();

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(before);
  }

  private Path entry(String name, String... lines) throws IOException {
    Path entry = Files.createDirectory(directory.resolve(name));
    Files.write(entry.resolve("baton.properties"), List.of(lines));
    return entry;
  }

  private BackendOptions optionsWith(Path... entries) throws IOException {
    URL[] urls = Arrays.stream(entries).map(PropertiesFilesTest::url).toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(urls, before)) {
      Thread.currentThread().setContextClassLoader(loader);
      return Opened.configured("reports").options();
    }
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private @Nullable String refusalWith(Path... entries) {
    return assertThrows(IllegalArgumentException.class, () -> optionsWith(entries)).getMessage();
  }

  @Test
  void aFileIsRead() throws IOException {
    Path file =
        entry(
            "one",
            "# reports run on threads",
            "baton.reports.backend = threads",
            "baton.reports.workers: 3",
            "baton.others.backend = process",
            "something.else = 7");
    assertEquals(ThreadOptions.defaults().workers(3), optionsWith(file));
  }

  @Test
  void aFileInAJarIsRead() throws IOException {
    Path jar = directory.resolve("settings.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry("baton.properties"));
      entries.write("baton.reports.backend = virtual".getBytes(UTF_8));
    }
    assertEquals(VirtualOptions.defaults(), optionsWith(jar));
  }

  @Test
  void allFilesOnTheClassPathAreRead() throws IOException {
    Path one = entry("one", "baton.reports.backend = threads", "baton.reports.workers = 3");
    Path two = entry("two", "baton.reports.queue = 5", "baton.reports.workers = 3");
    assertEquals(ThreadOptions.defaults().workers(3).queue(5), optionsWith(one, two));
    assertEquals(ThreadOptions.defaults().workers(3).queue(5), optionsWith(two, one));
  }

  @Test
  void twoFilesThatDisagreeAreRefusedWithBothPlaces() throws IOException {
    Path one = entry("one", "baton.reports.backend = threads", "baton.reports.workers = 3");
    Path two = entry("two", "baton.reports.workers = 4");
    assertEquals(
        "Setting baton.reports.workers has two values: \"3\" in "
            + url(one.resolve("baton.properties"))
            + " and \"4\" in "
            + url(two.resolve("baton.properties"))
            + ". Remove one.",
        refusalWith(one, two));
  }

  @Test
  void aThirdFileThatAgreesWithTheFirstDoesNotHideTheSecond() throws IOException {
    Path one = entry("one", "baton.reports.backend = threads");
    Path two = entry("two", "baton.reports.backend = virtual");
    Path three = entry("three", "baton.reports.backend = threads");
    assertTrue(String.valueOf(refusalWith(one, two, three)).contains("has two values"));
  }

  @Test
  void filesThatDisagreeAboutAnotherExecutorDisturbNobody() throws IOException {
    Path one = entry("one", "baton.reports.backend = virtual", "baton.others.backend = threads");
    Path two = entry("two", "baton.others.backend = process");
    assertEquals(VirtualOptions.defaults(), optionsWith(one, two));
  }

  @Test
  void aFileIsReadAsUtf8() throws IOException {
    Path file = entry("one", "baton.reports.backend = threads", "baton.reports.workers = zwölf");
    assertEquals(
        "Setting baton.reports.workers has the value \"zwölf\": not a whole number. Allowed: a"
            + " whole number, such as 4.",
        refusalWith(file));
  }

  @Test
  void aFileThatIsMalformedIsNamed() throws IOException {
    Path file = entry("one", "baton.reports.backend = C:\\users");
    assertEquals(
        "The file "
            + url(file.resolve("baton.properties"))
            + " cannot be read: Malformed \\uxxxx encoding.",
        refusalWith(file));
  }

  @Test
  void aLoaderThatCannotLookIsNoSilentMiss() {
    Thread.currentThread()
        .setContextClassLoader(
            new ClassLoader(before) {
              @Override
              public Enumeration<URL> getResources(String name) throws IOException {
                throw new IOException("disk on fire");
              }
            });
    UncheckedIOException failed =
        assertThrows(UncheckedIOException.class, () -> Opened.configured("reports"));
    assertEquals("The files baton.properties could not be read.", failed.getMessage());
    assertEquals("disk on fire", Objects.requireNonNull(failed.getCause()).getMessage());
  }

  @Test
  void withoutAContextClassLoaderTheApplicationsIsAsked() {
    Thread.currentThread().setContextClassLoader(null);
    assertEquals(
        "There is no setting baton.reports.backend. Set it to one of: threads, toy, virtual.",
        assertThrows(IllegalArgumentException.class, () -> Opened.configured("reports"))
            .getMessage());
  }

  @Test
  void aFileIsClosedAfterItWasRead() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    Thread.currentThread().setContextClassLoader(loaderOf(streamThatTells(closed)));
    assertEquals(VirtualOptions.defaults(), Opened.configured("reports").options());
    assertTrue(closed.get());
  }

  private static InputStream streamThatTells(AtomicBoolean closed) {
    return new ByteArrayInputStream("baton.reports.backend = virtual".getBytes(UTF_8)) {
      @Override
      public void close() {
        closed.set(true);
      }
    };
  }

  private ClassLoader loaderOf(InputStream content) throws IOException {
    URLStreamHandler handler =
        new URLStreamHandler() {
          @Override
          protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
              @Override
              public void connect() {}

              @Override
              public InputStream getInputStream() {
                return content;
              }
            };
          }
        };
    URL url = URL.of(URI.create("test:baton.properties"), handler);
    return new ClassLoader(before) {
      @Override
      public Enumeration<URL> getResources(String name) throws IOException {
        boolean isOurs = name.equals("baton.properties");
        return isOurs ? Collections.enumeration(List.of(url)) : super.getResources(name);
      }
    };
  }
}
