package dev.baton.examples.compare;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** How far the run has come, for someone who watches. */
sealed interface Progress {

  /** Begins something that has so many steps. */
  void begin(String what, int steps);

  /** Has come one step further. */
  void step();

  /** Leaves no trace. */
  void end();

  /** One line of a terminal, written over and over. */
  final class Line implements Progress {

    private static final long INTERVAL = Duration.ofMillis(100).toNanos();

    private final PrintStream terminal;
    private String what = "";
    private int steps;
    private int done;
    private String shown = "";
    private long nextShow;

    Line(PrintStream terminal) {
      this.terminal = terminal;
    }

    @Override
    public void begin(String newWhat, int newSteps) {
      what = newWhat;
      steps = newSteps;
      done = 0;
      show(what + " ...");
    }

    @Override
    public void step() {
      done++;
      if (System.nanoTime() - nextShow >= 0) {
        show(String.format(Locale.ROOT, "%s: %,d of %,d", what, done, steps));
      }
    }

    @Override
    public void end() {
      show("");
      terminal.print('\r');
      terminal.flush();
    }

    /** Writes over what was shown before, with blanks where that was longer. */
    private void show(String text) {
      terminal.print("\r" + text + " ".repeat(Math.max(0, shown.length() - text.length())));
      terminal.flush();
      shown = text;
      nextShow = System.nanoTime() + INTERVAL;
    }
  }

  /** Nobody watches. */
  record Silent() implements Progress {

    @Override
    public void begin(String what, int steps) {}

    @Override
    public void step() {}

    @Override
    public void end() {}
  }
}
