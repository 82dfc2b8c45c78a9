package dev.baton.internal.future;

import dev.baton.internal.future.StageMethod.Sources;
import java.util.ArrayList;
import java.util.List;

/** What happens around one dependent. */
record StageScenario(
    Ending source,
    Ending other,
    boolean otherIsBaton,
    Timing timing,
    Probe.Reaction reaction,
    Ending followed,
    boolean followsBaton,
    boolean rejects) {

  /** When the sources end, as seen from the attachment. */
  enum Timing {
    BEFORE,
    AFTER,
    AFTER_OTHER_FIRST,
    SOURCE_BEFORE_OTHER_AFTER,
    OTHER_BEFORE_SOURCE_AFTER;

    boolean isSourceBefore() {
      return this == BEFORE || this == SOURCE_BEFORE_OTHER_AFTER;
    }

    boolean isOtherBefore() {
      return this == BEFORE || this == OTHER_BEFORE_SOURCE_AFTER;
    }
  }

  /** The same with an executor that rejects nothing. */
  StageScenario accepted() {
    return new StageScenario(
        source, other, otherIsBaton, timing, reaction, followed, followsBaton, false);
  }

  Probe newProbe() {
    return new Probe(reaction, followed, followsBaton, rejects);
  }

  /** Tells whether a dependent ends at all. */
  boolean isDue(Sources sources) {
    boolean first = source != Ending.NEVER;
    boolean second = other != Ending.NEVER;
    return switch (sources) {
      case ONE -> first;
      case BOTH -> first && second;
      case EITHER -> first || second;
    };
  }

  /** All that can happen around a dependent of the method. */
  static List<StageScenario> of(StageMethod method) {
    List<StageScenario> all = new ArrayList<>();
    for (Probe.Reaction reaction : Probe.Reaction.values()) {
      for (boolean rejects :
          method.takesExecutor() ? new boolean[] {false, true} : new boolean[1]) {
        addEndings(all, method, reaction, rejects);
      }
    }
    return all;
  }

  private static void addEndings(
      List<StageScenario> all, StageMethod method, Probe.Reaction reaction, boolean rejects) {
    boolean two = method.sources() != Sources.ONE;
    for (Ending source : Ending.values()) {
      for (Ending second : Ending.values()) {
        for (boolean isBaton : new boolean[] {false, true}) {
          if (two) {
            for (Timing timing : Timing.values()) {
              all.add(
                  new StageScenario(
                      source, second, isBaton, timing, reaction, Ending.VALUE, isBaton, rejects));
            }
          } else {
            for (Timing timing : List.of(Timing.BEFORE, Timing.AFTER)) {
              all.add(
                  new StageScenario(
                      source, Ending.NEVER, isBaton, timing, reaction, second, isBaton, rejects));
            }
          }
        }
      }
    }
  }
}
