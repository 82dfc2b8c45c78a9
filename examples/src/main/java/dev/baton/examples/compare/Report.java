package dev.baton.examples.compare;

import dev.baton.examples.compare.Table.Alignment;
import dev.baton.examples.compare.Table.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What is said in the end.
 *
 * @param measurements all that was measured, those of one workload side by side
 */
record Report(List<Measurement> measurements) {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("workload", Alignment.LEFT),
          new Column("backend", Alignment.LEFT),
          new Column("wall", Alignment.RIGHT),
          new Column("speed-up", Alignment.RIGHT),
          new Column("what happened", Alignment.LEFT));

  /** Returns the lines of the table. */
  List<String> lines() {
    List<List<String>> rows = new ArrayList<>();
    String workload = "";
    for (Measurement measurement : measurements) {
      boolean isNext = !measurement.workload().equals(workload);
      if (isNext && !rows.isEmpty()) {
        rows.add(Collections.nCopies(COLUMNS.size(), ""));
      }
      rows.add(measurement.cells(isNext));
      workload = measurement.workload();
    }
    return new Table(COLUMNS, rows).lines();
  }

  /** Tells how many runs went wrong. */
  long failures() {
    return measurements.stream().filter(Measurement::isFailed).count();
  }
}
