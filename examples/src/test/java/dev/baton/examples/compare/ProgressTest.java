package dev.baton.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Progress progress =
      new Progress.Line(new PrintStream(written, true, StandardCharsets.UTF_8));

  @Test
  void aLineIsWrittenOverAndOver() {
    progress.begin("long name", 3);
    progress.begin("short", 3);
    assertEquals("\rlong name ...\rshort ...    ", written.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aStepIsNotShownSoonAfterTheLastOne() {
    progress.begin("work", 3);
    written.reset();
    progress.step();
    assertEquals("", written.toString(StandardCharsets.UTF_8));
  }

  @Test
  void nothingIsLeftInTheEnd() {
    progress.begin("work", 3);
    written.reset();
    progress.end();
    assertEquals("\r        \r", written.toString(StandardCharsets.UTF_8));
  }
}
