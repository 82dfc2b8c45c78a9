package dev.baton.examples;

import dev.baton.Baton;
import dev.baton.MapOptions;
import dev.baton.Results;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A batch over a directory whose program is killed half-way, and which a second run finishes
 * without doing again what the first has done.
 */
public final class ResumeBatch {

  private static final int PAGES = 40;
  private static final int WINDOW = 8;
  private static final String LOG = "counted.log";

  private ResumeBatch() {}

  /**
   * Makes a directory and runs the batch over it in a JVM that is killed, then here. With a
   * directory as argument it is that JVM.
   *
   * @param args none, or the directory
   * @throws Exception if it goes otherwise
   */
  public static void main(String[] args) throws Exception {
    if (args.length == 1) {
      countWords(Path.of(args[0]), PAGES / 2);
      return;
    }
    Path folder = Files.createTempDirectory("baton-batch");
    try {
      killAndResume(folder);
    } finally {
      delete(folder);
    }
  }

  private static void killAndResume(Path folder) throws Exception {
    for (int words = 1; words <= PAGES; words++) {
      Files.writeString(folder.resolve("page-" + words + ".txt"), "word ".repeat(words));
    }
    killHalfWay(folder);
    int before = countedSoFar(folder);
    long words = countWords(folder, Integer.MAX_VALUE);
    int again = countedSoFar(folder) - PAGES;
    Check.that(words == PAGES * (PAGES + 1) / 2, words);
    Check.that(before < PAGES && again <= WINDOW, before + " before, " + again + " again");
    System.out.println("Killed half-way and resumed, the batch found " + words + " words.");
  }

  /** Runs the batch in another JVM, and kills that when it says that it is half-way. */
  private static void killHalfWay(Path folder) throws IOException, InterruptedException {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ResumeBatch.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = program.inputReader()) {
      String line = said.readLine();
      Check.that("half-way".equals(line), String.valueOf(line));
    } finally {
      program.destroyForcibly().waitFor();
    }
  }

  /** Counts the words of all pages; those of pages that are in the journal are known. */
  private static long countWords(Path folder, int stopAfter) throws IOException {
    MapOptions resumable =
        MapOptions.none()
            .window(WINDOW)
            .journal(folder.resolve("words.journal"), (Path page) -> page.getFileName().toString());
    long words = 0;
    int taken = 0;
    try (Baton baton = Baton.open("virtual");
        Results<Long> counts = baton.map(resumable, ResumeBatch::countPage, pages(folder))) {
      for (long count : counts) {
        words += count;
        if (++taken == stopAfter) {
          System.out.println("half-way");
          System.in.read(); // until it is killed
        }
      }
    }
    return words;
  }

  private static long countPage(Path page) throws IOException {
    Files.writeString(
        page.resolveSibling(LOG),
        page.getFileName() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return Files.readString(page).split(" ").length;
  }

  private static int countedSoFar(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve(LOG)).size();
  }

  private static List<Path> pages(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
