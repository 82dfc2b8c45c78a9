package dev.baton.verification.process;

import dev.baton.Baton;
import dev.baton.process.ProcessOptions;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.slf4j.LoggerFactory;

/** Compiles, packs and runs small applications in the ways that users do. */
record Packaging(Path folder) {

  /** How a program ended. */
  record Result(int exitCode, String output) {}

  private static final Map<String, Class<?>> LIBRARIES =
      Map.of(
          "baton-core.jar", Baton.class,
          "baton-process.jar", ProcessOptions.class,
          "slf4j-api.jar", LoggerFactory.class);

  /** Returns the jar or folder that a class is from. */
  static Path locationOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException strange) {
      throw new IllegalStateException(strange);
    }
  }

  /** Puts the libraries, as jars, into a folder; returns them. */
  List<Path> libraries() throws IOException {
    Path lib = Files.createDirectories(folder.resolve("lib"));
    List<Path> jars = new ArrayList<>();
    for (Map.Entry<String, Class<?>> library : new TreeMap<>(LIBRARIES).entrySet()) {
      Path from = locationOf(library.getValue());
      Path jar = lib.resolve(library.getKey());
      if (Files.isDirectory(from)) {
        jar(jar, "", filesBelow(from));
      } else {
        Files.copy(from, jar);
      }
      jars.add(jar);
    }
    return jars;
  }

  /**
   * Compiles sources, by their names, against the libraries: as a module if there are options, else
   * on the class path. Returns the folder of the classes.
   */
  Path compile(List<Path> libraries, Map<String, String> sources, String... options)
      throws IOException {
    Path from = Files.createDirectories(folder.resolve("src"));
    Path to = Files.createDirectories(folder.resolve("classes"));
    List<String> arguments = new ArrayList<>(List.of("--release", "21", "-d", to.toString()));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of(options.length == 0 ? "-cp" : "-p", path(libraries)));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = from.resolve(source.getKey());
      Files.createDirectories(file.getParent());
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int result = compiler.run(null, null, null, arguments.toArray(String[]::new));
    if (result != 0) {
      throw new IllegalStateException("The sources do not compile: " + sources);
    }
    return to;
  }

  static String path(List<Path> entries) {
    return String.join(File.pathSeparator, entries.stream().map(Path::toString).toList());
  }

  /** Returns the files below a folder, by their names relative to it. */
  static Map<String, byte[]> filesBelow(Path root) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            files.put(
                root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  /** Writes a jar whose entries are not compressed, as nested ones must not be. */
  static void jar(Path jar, String manifest, Map<String, byte[]> entries) throws IOException {
    Map<String, byte[]> all = new TreeMap<>(entries);
    if (!manifest.isEmpty()) {
      all.remove("META-INF/MANIFEST.MF");
    }
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      if (!manifest.isEmpty()) {
        String text = "Manifest-Version: 1.0\n" + manifest;
        put(zip, "META-INF/MANIFEST.MF", text.getBytes(StandardCharsets.UTF_8));
      }
      for (Map.Entry<String, byte[]> entry : all.entrySet()) {
        put(zip, entry.getKey(), entry.getValue());
      }
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  /** Runs a tool of the JDK of these tests, in the folder, and returns how it ended. */
  Result run(String tool, List<String> arguments) throws IOException, InterruptedException {
    return run(tool, arguments, "");
  }

  /** Runs a tool of the JDK with an input. */
  Result run(String tool, List<String> arguments, String input)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(arguments);
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(Files.writeString(folder.resolve("input.txt"), input).toFile())
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("The program did not end: " + Files.readString(output));
    }
    return new Result(process.exitValue(), Files.readString(output));
  }
}
