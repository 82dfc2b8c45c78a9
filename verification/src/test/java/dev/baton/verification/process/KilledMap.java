package dev.baton.verification.process;

import dev.baton.Baton;
import dev.baton.MapOptions;
import dev.baton.Results;
import dev.baton.TaskContext;
import dev.baton.ThreadOptions;
import dev.baton.process.ProcessOptions;
import dev.baton.testkit.Eventually;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** A program that maps numbers with a journal until it is killed. */
final class KilledMap {

  static final int WINDOW = 64;

  /** As many results as leave the journal with almost all that it may hold back. */
  private static final int TAKEN = 2 * WINDOW + WINDOW / 2 - 1;

  private static final String BEGUN = "begun.log";
  private static final String IDLE = "idle";

  private KilledMap() {}

  /** Where the items run, and which travel together. */
  enum Way {
    THREADS("threads", MapOptions.none()),
    THREADS_UNORDERED("threads", MapOptions.none().unordered()),
    WORKERS("process", MapOptions.none()),
    WORKERS_UNORDERED("process", MapOptions.none().unordered()),
    WORKERS_CHUNKED("process", MapOptions.none().chunk(8)),
    WORKERS_AUTOMATIC("process", MapOptions.none().chunkAutomatically().unordered());

    private final String backend;

    @SuppressWarnings("ImmutableEnumChecker") // they are, and core has no annotation that says so
    private final MapOptions options;

    Way(String backend, MapOptions options) {
      this.backend = backend;
      this.options = options.window(WINDOW);
    }

    Baton open() {
      return isInWorkers()
          ? Baton.open(ProcessOptions.defaults().workers(2).heap(32))
          : Baton.open(ThreadOptions.defaults().workers(2));
    }

    boolean isInWorkers() {
      return backend.equals("process");
    }

    boolean isInChunks() {
      return options.isChunkAutomatic() || options.chunk() > 1;
    }

    private MapOptions options(Path folder) {
      return options.journal(folder.resolve("journal"), (Integer number) -> "key " + number);
    }
  }

  /**
   * A begin of an item.
   *
   * @param task the task in which it was
   * @param input its input
   */
  record Begin(long task, int input) {
    static Begin of(String line) {
      int space = line.indexOf(' ');
      return new Begin(
          Long.parseLong(line.substring(0, space)),
          Integer.parseInt(line.substring(space + 1).strip()));
    }
  }

  /** Takes the way, a folder, and anything more if it is to stop taking results after a while. */
  public static void main(String[] arguments) throws Exception {
    Thread.ofPlatform().daemon().start(KilledMap::haltWithTheTest);
    Way way = Way.valueOf(arguments[0]);
    Path folder = Path.of(arguments[1]);
    boolean stops = arguments.length > 2;
    Iterable<Integer> endless = () -> Stream.iterate(0, number -> number + 1).iterator();
    try (Baton baton = way.open();
        Results<String> results = results(baton, way, folder, endless)) {
      Iterator<String> values = results.iterator();
      for (int taken = 0; !stops || taken < TAKEN; taken++) {
        values.next();
      }
      for (int looks = 0; looks < WINDOW && values.hasNext(); ) {
        looks++; // each reads ahead a little; there is always more
      }
      Eventually.holds("it is idle", () -> baton.stats().pending() + baton.stats().running() == 0);
      Files.createFile(folder.resolve(IDLE));
      Thread.currentThread().join(); // until it is killed
    }
  }

  /** Ends the program when the pipe ends, that is, when the JVM of the test has died. */
  private static void haltWithTheTest() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException broken) {
      System.err.println("The pipe from the test broke: " + broken);
    }
    Runtime.getRuntime().halt(1);
  }

  /** Maps numbers to their values, and notes which begin. */
  static Results<String> results(Baton baton, Way way, Path folder, Iterable<Integer> inputs) {
    return map(baton, way, folder, inputs, false);
  }

  /** The same map, whose items all fail: those that have a result have it from the journal. */
  static Results<String> kept(Baton baton, Way way, Path folder, Iterable<Integer> inputs) {
    return map(baton, way, folder, inputs, true);
  }

  private static Results<String> map(
      Baton baton, Way way, Path folder, Iterable<Integer> inputs, boolean refuses) {
    String log = folder.resolve(BEGUN).toString();
    return baton.map(
        way.options(folder), number -> refuses ? refuse(number) : valueNoted(log, number), inputs);
  }

  private static String refuse(int number) throws IOException {
    throw new IOException(number + " is not in the journal.");
  }

  /**
   * Notes a begin in 16 bytes. As many such lines fill a page, each is written as a whole: whoever
   * reads meanwhile sees no part of one, and whoever kills the writer leaves none.
   */
  private static String valueNoted(String log, int number) throws IOException {
    Files.writeString(
        Path.of(log),
        "%-15s\n".formatted(TaskContext.current().id() + " " + number),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return valueOf(number);
  }

  /** Returns the value of a number, of a length of its own. */
  static String valueOf(int number) {
    return number + "!".repeat(number % 100);
  }

  /** Returns which items have begun, in all runs. */
  static List<Begin> begun(Path folder) throws IOException {
    Path log = folder.resolve(BEGUN);
    return Files.exists(log) ? Files.readAllLines(log).stream().map(Begin::of).toList() : List.of();
  }

  static boolean isIdle(Path folder) {
    return Files.exists(folder.resolve(IDLE));
  }
}
