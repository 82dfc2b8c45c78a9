package dev.baton.process.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartArchiveFilesTest {

  private static final Path HOME = Path.of(System.getProperty("java.home"));
  private static final Path JAVA = HOME.resolve("bin").resolve("java");

  @TempDir Path directory = Path.of("");

  private Path classes() throws IOException {
    Path classes = Files.createDirectories(directory.resolve("classes").resolve("a"));
    Files.write(classes.resolve("B.class"), new byte[] {1, 2});
    Files.write(classes.resolve("A.class"), new byte[] {3});
    Files.write(directory.resolve("classes").resolve("module-info.class"), new byte[] {4});
    Files.write(directory.resolve("classes").resolve("baton.properties"), new byte[] {5});
    return directory.resolve("classes");
  }

  @Test
  void theSameClassesMakeTheSameJar() throws IOException {
    List<String> classPath = List.of(classes().toString());
    Path one = directory.resolve("one.jar");
    Path two = directory.resolve("two.jar");
    BootstrapJar.write(classPath, one);
    BootstrapJar.write(List.of(one.toString(), classPath.getFirst()), two);
    assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
    assertEquals(Files.getLastModifiedTime(one), Files.getLastModifiedTime(two));
    try (ZipFile jar = new ZipFile(one.toFile())) {
      assertEquals(List.of("a/A.class", "a/B.class"), jar.stream().map(ZipEntry::getName).toList());
    }
  }

  @Test
  void aChangedClassOrFlagOrJdkNeedsAnotherArchive() throws IOException {
    List<String> classPath = List.of(classes().toString());
    String key = ArchiveKey.of(HOME, List.of("-Da=b"), classPath);
    assertEquals(key, ArchiveKey.of(HOME, List.of("-Da=b"), classPath));
    assertNotEquals(key, ArchiveKey.of(HOME, List.of("-Da=c"), classPath));
    assertNotEquals(key, ArchiveKey.of(directory, List.of("-Da=b"), classPath));
    Files.write(directory.resolve("classes").resolve("a").resolve("A.class"), new byte[] {3, 4});
    assertNotEquals(key, ArchiveKey.of(HOME, List.of("-Da=b"), classPath));
  }

  @Test
  void jarsAreUsedWhereTheyAreAndFoldersArePacked() throws IOException {
    Path jar = directory.resolve("some.jar");
    BootstrapJar.write(List.of(classes().toString()), jar);
    assertNull(StartArchive.in(directory, HOME, JAVA, List.of(jar.toString())).jar());
    StartArchive packed = StartArchive.in(directory, HOME, JAVA, List.of(classes().toString()));
    assertEquals(String.valueOf(packed.jar()), packed.sharedClassPath());
  }
}
