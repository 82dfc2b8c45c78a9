package dev.baton.verification.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import dev.baton.verification.process.Packaging.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.launch.JarLauncher;

/** However an application is packed and started, its workers find its classes and resources. */
@ExtendWith({Watchdog.class, NoLeftovers.class})
class ClassLoadingTest {

  private static final String IMPORTS =
      """
      import dev.baton.Baton;
      import dev.baton.process.ProcessOptions;
      """;

  private static final String BODY =
      """
      public class Job {
        record Pair(int first, int second) implements java.io.Serializable {}

        public static void main(String[] arguments) throws Exception {
          Pair pair = new Pair(6, 7);
          long here = ProcessHandle.current().pid();
          try (Baton baton = Baton.open(ProcessOptions.defaults().workers(1).heap(32))) {
            System.out.println(baton.submit(() -> new Pair(pair.second(), pair.first())).get());
            System.out.println("elsewhere " + baton.submit(
                () -> ProcessHandle.current().pid() != here).get());
            System.out.println("resource " + baton.submit(Job::resource).get());
          }
        }

        static String resource() throws java.io.IOException {
          try (java.io.InputStream in = Job.class.getResourceAsStream("/greeting.txt")) {
            return in == null ? "missing" : new String(in.readAllBytes());
          }
        }
      }
      """;

  private static final Map<String, byte[]> GREETING =
      Map.of("greeting.txt", "good day".getBytes(StandardCharsets.UTF_8));

  @TempDir Path folder;

  private Packaging packaging;
  private List<Path> libraries;

  @BeforeEach
  void pack() throws Exception {
    packaging = new Packaging(folder);
    libraries = packaging.libraries();
  }

  private static void assertRan(Result result) {
    assertEquals(0, result.exitCode(), result.output());
    for (String line : List.of("Pair[first=7, second=6]", "elsewhere true", "resource good day")) {
      assertTrue(result.output().contains(line), result.output());
    }
  }

  private Map<String, byte[]> compiled(String main, String source, String... options)
      throws Exception {
    Path classes = packaging.compile(libraries, Map.of(main, source), options);
    Map<String, byte[]> files = Packaging.filesBelow(classes);
    files.putAll(GREETING);
    return files;
  }

  private List<Path> with(Path jar) {
    List<Path> all = new ArrayList<>(libraries);
    all.add(jar);
    return all;
  }

  @Test
  void aJarOnTheClassPath() throws Exception {
    Path jar = folder.resolve("job.jar");
    Packaging.jar(jar, "", compiled("Job.java", IMPORTS + BODY));
    assertRan(packaging.run("java", List.of("-cp", Packaging.path(with(jar)), "Job")));
  }

  @Test
  void aJarWhoseManifestNamesTheClassPath() throws Exception {
    Path jar = folder.resolve("job.jar");
    String names =
        String.join(" ", libraries.stream().map(lib -> "lib/" + lib.getFileName()).toList());
    Packaging.jar(
        jar, "Main-Class: Job\nClass-Path: " + names + "\n", compiled("Job.java", IMPORTS + BODY));
    assertRan(packaging.run("java", List.of("-jar", jar.toString())));
  }

  @Test
  void aModuleThatExportsAndOpensNothing() throws Exception {
    Path classes =
        packaging.compile(
            libraries,
            Map.of(
                "module-info.java",
                "module job { requires dev.baton; requires dev.baton.process; }",
                "job/Job.java",
                "package job;\n" + IMPORTS + BODY),
            "--module-version",
            "1");
    Map<String, byte[]> files = Packaging.filesBelow(classes);
    files.putAll(GREETING);
    Path jar = folder.resolve("job.jar");
    Packaging.jar(jar, "", files);
    assertRan(packaging.run("java", List.of("-p", Packaging.path(with(jar)), "-m", "job/job.Job")));
  }

  @Test
  void anExecutableJarOfSpringBoot() throws Exception {
    Map<String, byte[]> files = Packaging.filesBelow(unpacked(JarLauncher.class));
    for (String directory : List.of("BOOT-INF/", "BOOT-INF/classes/", "BOOT-INF/lib/")) {
      files.put(directory, new byte[0]);
    }
    compiled("Job.java", IMPORTS + BODY)
        .forEach((name, bytes) -> files.put("BOOT-INF/classes/" + name, bytes));
    for (Path library : libraries) {
      files.put("BOOT-INF/lib/" + library.getFileName(), Files.readAllBytes(library));
    }
    Path jar = folder.resolve("boot.jar");
    Packaging.jar(
        jar,
        """
        Main-Class: org.springframework.boot.loader.launch.JarLauncher
        Start-Class: Job
        Spring-Boot-Classes: BOOT-INF/classes/
        Spring-Boot-Lib: BOOT-INF/lib/
        """,
        files);
    assertRan(packaging.run("java", List.of("-jar", jar.toString())));
  }

  private Path unpacked(Class<?> type) throws Exception {
    Path to = Files.createDirectories(folder.resolve("loader"));
    Result result =
        new Packaging(to).run("jar", List.of("xf", Packaging.locationOf(type).toString()));
    assertEquals(0, result.exitCode(), result.output());
    Files.delete(to.resolve("output.txt"));
    Files.delete(to.resolve("input.txt"));
    return to;
  }

  @Test
  void aSourceFileThatIsStartedAsItIs() throws Exception {
    Path greeting = Files.createDirectories(folder.resolve("resources"));
    Files.write(greeting.resolve("greeting.txt"), GREETING.get("greeting.txt"));
    Path source = Files.writeString(folder.resolve("Job.java"), IMPORTS + BODY);
    List<Path> classPath = with(greeting);
    assertRan(packaging.run("java", List.of("-cp", Packaging.path(classPath), source.toString())));
  }

  @Test
  void aSessionOfJshell() throws Exception {
    Path greeting = Files.createDirectories(folder.resolve("resources"));
    Files.write(greeting.resolve("greeting.txt"), GREETING.get("greeting.txt"));
    String input = IMPORTS + BODY + "Job.main(new String[0])\n/exit\n";
    assertRan(
        packaging.run(
            "jshell", List.of("--class-path", Packaging.path(with(greeting)), "-"), input));
  }

  @Test
  void aLoaderOfTheApplicationsOwn() throws Exception {
    Path jar = folder.resolve("job.jar");
    Packaging.jar(jar, "", compiled("Job.java", IMPORTS + BODY));
    String host =
        """
        public class Host {
          public static void main(String[] arguments) throws Exception {
            java.net.URL[] urls = {java.nio.file.Path.of(arguments[0]).toUri().toURL()};
            try (var loader = new java.net.URLClassLoader(urls)) {
              Thread.currentThread().setContextClassLoader(loader);
              loader.loadClass("Job").getMethod("main", String[].class)
                  .invoke(null, (Object) new String[0]);
            }
          }
        }
        """;
    Path source = Files.writeString(folder.resolve("Host.java"), host);
    assertRan(
        packaging.run(
            "java", List.of("-cp", Packaging.path(libraries), source.toString(), jar.toString())));
  }
}
