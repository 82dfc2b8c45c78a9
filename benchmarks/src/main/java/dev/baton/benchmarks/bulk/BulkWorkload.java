package dev.baton.benchmarks.bulk;

import dev.baton.Baton;
import dev.baton.MapOptions;
import dev.baton.Task;
import dev.baton.TaskFuture;
import dev.baton.TaskFutures;
import dev.baton.TaskGroup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A way to have many trivial tasks run, of which few are open at a time, mostly {@link #OPEN}. */
enum BulkWorkload {
  /** Submits each, and gets the oldest when too many are open. */
  BARE("submit + get, one by one") {
    @Override
    long run(Baton baton, int count) throws Exception {
      return oneByOne(count, task -> baton.submit(task));
    }
  },

  /** Maps them in order. */
  MAP("map") {
    @Override
    long run(Baton baton, int count) {
      return sum(baton.map(MapOptions.none().window(OPEN), i -> i, inputs(count)));
    }
  },

  /** Maps them as they complete. */
  MAP_UNORDERED("map, unordered") {
    @Override
    long run(Baton baton, int count) {
      return sum(baton.map(MapOptions.none().window(OPEN).unordered(), i -> i, inputs(count)));
    }
  },

  /** Maps them in chunks. */
  MAP_IN_CHUNKS("map, chunks of 100") {
    @Override
    long run(Baton baton, int count) {
      return sum(baton.map(MapOptions.none().window(OPEN).chunk(100), i -> i, inputs(count)));
    }
  },

  /** Submits as many as may be open, and takes them as they complete. */
  AS_COMPLETED("asCompleted") {
    @Override
    long run(Baton baton, int count) throws Exception {
      long sum = 0;
      for (int from = 0; from < count; from += OPEN) {
        List<TaskFuture<Integer>> futures = new ArrayList<>(OPEN);
        for (int i = from; i < Math.min(count, from + OPEN); i++) {
          futures.add(baton.submit(task(i)));
        }
        for (TaskFuture<Integer> done : TaskFutures.asCompleted(futures)) {
          sum += done.get();
        }
      }
      return sum;
    }
  },

  /** Does the same as {@link #BARE} with all as members of one group, which it joins at the end. */
  ONE_GROUP("one group, get one by one") {
    @Override
    long run(Baton baton, int count) throws Exception {
      try (TaskGroup group = baton.group()) {
        long sum = oneByOne(count, task -> group.submit(task));
        group.join();
        return sum;
      }
    }
  },

  /** Submits as many as may be open, waits for the last, and gets each: a group without a group. */
  BATCHES("submit 1,000, await the last, get each") {
    @Override
    long run(Baton baton, int count) throws Exception {
      return inBatches(baton, count, OPEN);
    }
  },

  /** Submits as many as may be open to a group, and joins it. */
  GROUPS("groups of 1,000") {
    @Override
    long run(Baton baton, int count) throws Exception {
      return inGroups(baton, count, OPEN);
    }

    @Override
    BulkWorkload bare() {
      return BATCHES;
    }
  },

  /** Does the same as {@link #BATCHES} with ten times as many. */
  LARGE_BATCHES("submit 10,000, await the last, get each") {
    @Override
    long run(Baton baton, int count) throws Exception {
      return inBatches(baton, count, 10 * OPEN);
    }
  },

  /** Submits ten times as many to a group, so that the joins are few. */
  LARGE_GROUPS("groups of 10,000") {
    @Override
    long run(Baton baton, int count) throws Exception {
      return inGroups(baton, count, 10 * OPEN);
    }

    @Override
    BulkWorkload bare() {
      return LARGE_BATCHES;
    }
  };

  /** How many tasks are open at a time. */
  static final int OPEN = 1_000;

  private final String label;

  BulkWorkload(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** Has so many tasks run that return 0, 1, 2, and so on; returns the sum of what they return. */
  abstract long run(Baton baton, int count) throws Exception;

  /** Returns what submits as many tasks at a time, without what this is to measure. */
  BulkWorkload bare() {
    return BARE;
  }

  /** Tells whether this is to be compared, and not only to compare with. */
  boolean isMeasured() {
    return this != BARE && this != BATCHES && this != LARGE_BATCHES;
  }

  private static long oneByOne(int count, Function<Task<Integer>, TaskFuture<Integer>> submission)
      throws Exception {
    long sum = 0;
    Deque<TaskFuture<Integer>> open = new ArrayDeque<>(OPEN);
    for (int i = 0; i < count; i++) {
      if (open.size() == OPEN) {
        sum += open.removeFirst().get();
      }
      open.addLast(submission.apply(task(i)));
    }
    for (TaskFuture<Integer> last : open) {
      sum += last.get();
    }
    return sum;
  }

  private static long inBatches(Baton baton, int count, int size) throws Exception {
    long sum = 0;
    for (int from = 0; from < count; from += size) {
      List<TaskFuture<Integer>> batch = new ArrayList<>(size);
      for (int i = from; i < Math.min(count, from + size); i++) {
        batch.add(baton.submit(task(i)));
      }
      batch.getLast().get();
      for (TaskFuture<Integer> each : batch) {
        sum += each.get();
      }
    }
    return sum;
  }

  private static long inGroups(Baton baton, int count, int size) throws Exception {
    long sum = 0;
    for (int from = 0; from < count; from += size) {
      List<TaskFuture<Integer>> members = new ArrayList<>(size);
      try (TaskGroup group = baton.group()) {
        for (int i = from; i < Math.min(count, from + size); i++) {
          int n = i;
          members.add(group.submit(() -> n));
        }
        group.join();
      }
      for (TaskFuture<Integer> member : members) {
        sum += member.get();
      }
    }
    return sum;
  }

  private static Task<Integer> task(int n) {
    return () -> n;
  }

  private static Iterable<Integer> inputs(int count) {
    return () -> IntStream.range(0, count).iterator();
  }

  private static long sum(Iterable<Integer> results) {
    long sum = 0;
    for (int each : results) {
      sum += each;
    }
    return sum;
  }
}
