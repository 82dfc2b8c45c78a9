package dev.baton.testkit.contract;

import dev.baton.TaskFunction;

/** A function that is written in another class than its caller. */
final class AnotherJob {

  private AnotherJob() {}

  static TaskFunction<Integer, Integer> function() {
    return number -> number;
  }
}
