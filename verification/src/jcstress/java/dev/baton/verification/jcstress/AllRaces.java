package dev.baton.verification.jcstress;

import java.util.SortedSet;
import java.util.TreeSet;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;

/**
 * Runs all races, and fails if one was not run at all: jcstress itself only skips a test whose
 * classes cannot be loaded.
 */
public final class AllRaces {

  private AllRaces() {}

  /**
   * Runs the races.
   *
   * @param args options of jcstress
   * @throws Exception if they cannot be run, or one fails
   */
  public static void main(String[] args) throws Exception {
    Options options = new Options(args);
    if (!options.parse()) {
      throw new IllegalArgumentException("These are no options of jcstress.");
    }
    JCStress races = new JCStress(options);
    races.run();
    SortedSet<String> notRun = new TreeSet<>(races.getTests());
    SortedSet<String> run = new TreeSet<>();
    DiskReadCollector results =
        new DiskReadCollector(
            options.getResultFile(),
            result -> {
              if (result.status() == Status.NORMAL) {
                run.add(result.getName());
              }
            });
    results.dump();
    results.close();
    notRun.removeAll(run);
    if (!notRun.isEmpty()) {
      throw new IllegalStateException("These were not run, see the report why: " + notRun);
    }
  }
}
