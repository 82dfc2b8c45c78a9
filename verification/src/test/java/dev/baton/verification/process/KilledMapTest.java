package dev.baton.verification.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.Item;
import dev.baton.Results;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import dev.baton.verification.process.KilledMap.Begin;
import dev.baton.verification.process.KilledMap.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A map with a journal whose program is killed goes on where it was, wherever its items run. */
@ExtendWith({Watchdog.class, NoLeftovers.class})
class KilledMapTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @EnumSource
  void aProgramThatIsKilledAtWorkRepeatsAWindowAtMost(Way way) throws Exception {
    int enough = 4 * KilledMap.WINDOW;
    killWhen(() -> begun().size() >= enough && areAsTheyTravel(way), way, List.of());
    assertItGoesOn(way);
  }

  @ParameterizedTest
  @EnumSource(names = {"THREADS_UNORDERED", "WORKERS", "WORKERS_CHUNKED", "WORKERS_AUTOMATIC"})
  void soDoesOneWhoseWindowIsFullOfResultsThatNobodyTakes(Way way) throws Exception {
    killWhen(() -> KilledMap.isIdle(folder), way, List.of("stops"));
    assertItGoesOn(way);
  }

  private List<Begin> begun() throws IOException {
    return KilledMap.begun(folder);
  }

  /** Tells whether items have begun together, if that is their way. */
  private boolean areAsTheyTravel(Way way) throws IOException {
    List<Begin> begun = begun();
    long tasks = begun.stream().map(Begin::task).distinct().count();
    return tasks < begun.size() || !way.isInChunks();
  }

  /** Runs the program, kills it when a condition holds, and waits until its workers are gone. */
  private void killWhen(Callable<Boolean> condition, Way way, List<String> more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(way.name(), folder.toString()));
    arguments.addAll(more);
    Process program = start(arguments);
    List<ProcessHandle> workers = List.of();
    try {
      Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(LONG).until(condition);
      assertTrue(program.isAlive(), "it is endless");
      workers = Workers.of(program.toHandle());
      assertEquals(way.isInWorkers(), !workers.isEmpty());
    } finally {
      program.destroyForcibly().waitFor();
    }
    List<ProcessHandle> left = workers;
    Awaitility.await()
        .atMost(Duration.ofSeconds(2))
        .until(() -> left.stream().noneMatch(Workers::isAtWork));
  }

  private static Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(KilledMap.class.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Runs the map to an end in this JVM, and looks at what has begun in which run. */
  private void assertItGoesOn(Way way) throws Exception {
    Set<Integer> first = inputsOf(begun());
    List<Integer> inputs = IntStream.range(0, first.size() + KilledMap.WINDOW).boxed().toList();
    Set<Integer> kept = new TreeSet<>();
    List<Integer> values = new ArrayList<>();
    List<Begin> second;
    try (Baton baton = way.open()) {
      kept.addAll(rightOf(KilledMap.kept(baton, way, folder, inputs)));
      int before = begun().size();
      values.addAll(rightOf(KilledMap.results(baton, way, folder, inputs)));
      second = begun().subList(before, begun().size());
    }
    assertEquals(inputs, values.stream().sorted().toList());
    assertFalse(kept.isEmpty());
    Set<Integer> again = minus(first, kept);
    assertTrue(again.size() <= KilledMap.WINDOW, () -> again.size() + " twice: " + again);
    assertEquals(minus(inputs, kept), inputsOf(second));
  }

  /** Returns the inputs that have results, which are right. */
  private static List<Integer> rightOf(Results<String> results) {
    List<Integer> inputs = new ArrayList<>();
    try (results) {
      for (Item<String> item : results.outcomes()) {
        if (item instanceof Item.Success<String> success) {
          int input = (int) item.index();
          assertEquals(new Item.Success<>(input, input, KilledMap.valueOf(input)), success);
          inputs.add(input);
        }
      }
    }
    return inputs;
  }

  /** Returns the inputs of begins, of which no two are equal. */
  private static Set<Integer> inputsOf(List<Begin> begun) {
    Set<Integer> inputs = new TreeSet<>();
    begun.forEach(begin -> assertTrue(inputs.add(begin.input()), () -> "twice: " + begin));
    return inputs;
  }

  private static Set<Integer> minus(Collection<Integer> all, Set<Integer> without) {
    Set<Integer> rest = new TreeSet<>(all);
    rest.removeAll(without);
    return rest;
  }
}
