package dev.baton.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.examples.compare.Table.Alignment;
import dev.baton.examples.compare.Table.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("name", Alignment.LEFT),
          new Column("time", Alignment.RIGHT),
          new Column("what", Alignment.LEFT));

  @Test
  void cellsStandInColumns() {
    Table table =
        new Table(COLUMNS, List.of(List.of("a", "10.5 s", "quick"), List.of("longer", "", "slow")));
    assertEquals(
        List.of(
            "name      time  what",
            "------  ------  -----",
            "a       10.5 s  quick",
            "longer          slow"),
        table.lines());
  }

  @Test
  void aLongTextIsBrokenIntoLinesOfItsColumn() {
    String text = "word ".repeat(40).strip();
    List<String> lines = new Table(COLUMNS, List.of(List.of("a", "1 s", text))).lines();
    assertEquals(5, lines.size());
    assertTrue(lines.get(2).startsWith("a      1 s  word word"), lines.get(2));
    assertTrue(lines.get(3).startsWith("            word word"), lines.get(3));
    assertTrue(lines.stream().allMatch(line -> line.length() <= Table.WIDTH), lines.toString());
  }

  @Test
  void aLongFirstCellLeavesRoomForTheText() {
    List<String> lines =
        new Table(COLUMNS, List.of(List.of("x".repeat(120), "", "some more words than fit in")))
            .lines();
    assertTrue(lines.get(2).endsWith("  some more words than"), lines.get(2));
    assertTrue(lines.get(3).endsWith("  fit in"), lines.get(3));
  }

  @Test
  void aTextIsBrokenBetweenWordsWhereThatIsPossible() {
    assertEquals(List.of("one two", "three"), Table.wrap("one two three", 8));
    assertEquals(List.of("abcdefgh", "ij kl"), Table.wrap("abcdefghij kl", 8));
    assertEquals(List.of("12345678", "9"), Table.wrap("12345678 9", 8));
    assertEquals(List.of(""), Table.wrap("", 8));
  }

  @Test
  void aRowOfTheWrongLengthIsRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> new Table(COLUMNS, List.of(List.of("a", "b"))));
    assertEquals("A row needs 3 cells, unlike [a, b].", refused.getMessage());
  }
}
