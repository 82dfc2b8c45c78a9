package dev.baton.testkit.contract;

import dev.baton.Item;
import dev.baton.Results;
import dev.baton.TaskFuture;
import java.util.ArrayList;
import java.util.List;

/** What is taken from the results of a map. */
final class Taken {

  private Taken() {}

  /** Takes all outcomes, and closes the results. */
  static <R> List<Item<R>> items(Results<R> results) {
    List<Item<R>> items = new ArrayList<>();
    try (results) {
      results.outcomes().forEach(items::add);
    }
    return items;
  }

  /** Takes all futures, which are as they were. */
  static <R> List<TaskFuture<R>> futures(Results<R> results) {
    List<TaskFuture<R>> futures = new ArrayList<>();
    results.futures().forEach(futures::add);
    return futures;
  }
}
