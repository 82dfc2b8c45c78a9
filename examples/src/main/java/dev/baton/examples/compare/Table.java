package dev.baton.examples.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table of aligned text, no wider than 100 columns as long as its cells are short. Those of the
 * last column need not be: they are broken into lines.
 *
 * @param columns the columns
 * @param rows the cells, row by row
 */
record Table(List<Column> columns, List<List<String>> rows) {

  /** How wide the table is at most. */
  static final int WIDTH = 100;

  private static final String GAP = "  ";
  private static final int LEAST_WIDTH = 20;

  /**
   * One column.
   *
   * @param title stands above its cells
   * @param alignment where its cells stand
   */
  record Column(String title, Alignment alignment) {}

  /** Where a cell stands in its column. */
  enum Alignment {
    LEFT,
    RIGHT;

    String pad(String text, int width) {
      String blanks = " ".repeat(Math.max(0, width - text.length()));
      return this == LEFT ? text + blanks : blanks + text;
    }
  }

  /** Checks that all rows fit the columns. */
  Table {
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "A row needs " + columns.size() + " cells, unlike " + row + ".");
      }
    }
  }

  /** Returns the lines of the table. */
  List<String> lines() {
    List<Integer> widths = widths();
    List<String> lines = new ArrayList<>();
    lines.addAll(lines(columns.stream().map(Column::title).toList(), widths));
    lines.add(String.join(GAP, widths.stream().map("-"::repeat).toList()));
    rows.forEach(row -> lines.addAll(lines(row, widths)));
    return lines;
  }

  private List<Integer> widths() {
    List<Integer> widths =
        new ArrayList<>(IntStream.range(0, columns.size()).mapToObj(this::widthOf).toList());
    int last = widths.size() - 1;
    int others = widths.subList(0, last).stream().mapToInt(width -> width + GAP.length()).sum();
    widths.set(last, Math.min(widths.get(last), Math.max(LEAST_WIDTH, WIDTH - others)));
    return widths;
  }

  private int widthOf(int column) {
    int title = columns.get(column).title().length();
    return rows.stream().mapToInt(row -> row.get(column).length()).reduce(title, Math::max);
  }

  private List<String> lines(List<String> cells, List<Integer> widths) {
    int last = cells.size() - 1;
    StringBuilder start = new StringBuilder();
    for (int i = 0; i < last; i++) {
      start.append(columns.get(i).alignment().pad(cells.get(i), widths.get(i))).append(GAP);
    }
    List<String> text = wrap(cells.get(last), widths.get(last));
    return IntStream.range(0, text.size())
        .mapToObj(line -> (line == 0 ? start : " ".repeat(start.length())) + text.get(line))
        .map(String::stripTrailing)
        .toList();
  }

  /** Breaks a text into lines of at most some width, between words where it can. */
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > width) {
      int blank = rest.lastIndexOf(' ', width);
      int end = blank > 0 ? blank : width;
      lines.add(rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }
}
