package dev.baton.testkit.contract;

import dev.baton.Await;
import dev.baton.Baton;
import dev.baton.GroupOptions;
import dev.baton.Item;
import dev.baton.MapOptions;
import dev.baton.Results;
import dev.baton.Task;
import dev.baton.TaskFuture;
import dev.baton.TaskFutures;
import dev.baton.TaskGroup;
import dev.baton.Until;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The ways in which a task can wait, through a Baton type, for other tasks. */
public enum Wait {
  /** {@code get()}. */
  GET {
    @Override
    int await(TaskFuture<Integer> inner) throws Exception {
      return inner.get();
    }
  },
  /** {@code get(timeout, unit)}. */
  GET_WITHIN {
    @Override
    int await(TaskFuture<Integer> inner) throws Exception {
      return inner.get(1, TimeUnit.MINUTES);
    }
  },
  /** {@code get(Duration)}. */
  GET_WITHIN_DURATION {
    @Override
    int await(TaskFuture<Integer> inner) throws Exception {
      return inner.get(Duration.ofMinutes(1));
    }
  },
  /** {@code join()}. */
  JOIN {
    @Override
    int await(TaskFuture<Integer> inner) {
      return inner.join();
    }
  },
  /** {@code exception(Duration)}. */
  EXCEPTION {
    @Override
    int await(TaskFuture<Integer> inner) throws Exception {
      return inner.exception(Duration.ofMinutes(1)) == null ? inner.resultNow() : -1;
    }
  },
  /** The end of the body. */
  TERMINATED {
    @Override
    int await(TaskFuture<Integer> inner) throws Exception {
      inner.terminated().get();
      return inner.get();
    }
  },
  /** A dependent. */
  DEPENDENT {
    @Override
    int await(TaskFuture<Integer> inner) throws Exception {
      return inner.thenApply(value -> value + 1).get() - 1;
    }
  },
  /** A dependent of two. */
  DEPENDENT_OF_TWO {
    @Override
    int await(TaskFuture<Integer> inner) throws Exception {
      return inner.thenCombine(inner, Integer::sum).get() / 2;
    }
  },
  /** A dependent that runs elsewhere. */
  ASYNC_DEPENDENT {
    @Override
    int await(TaskFuture<Integer> inner) throws Exception {
      return inner.thenApplyAsync(value -> value).get();
    }
  },
  /** {@code Await.on}. */
  AWAIT_ON {
    @Override
    int await(TaskFuture<Integer> inner) throws Exception {
      return Await.on(inner);
    }
  },
  /** {@code TaskFutures.waitFor}. */
  WAIT_FOR {
    @Override
    int await(TaskFuture<Integer> inner) throws Exception {
      TaskFutures.waitFor(List.of(inner), Until.ALL_COMPLETED);
      return inner.resultNow();
    }
  },
  /** {@code TaskFutures.waitFor} with a time limit. */
  WAIT_FOR_WITHIN {
    @Override
    int await(TaskFuture<Integer> inner) throws Exception {
      TaskFutures.waitFor(List.of(inner), Until.FIRST_FAILED, Duration.ofMinutes(1));
      return inner.resultNow();
    }
  },
  /** {@code TaskFutures.asCompleted}. */
  AS_COMPLETED {
    @Override
    int await(TaskFuture<Integer> inner) {
      return TaskFutures.asCompleted(List.of(inner)).iterator().next().resultNow();
    }
  },
  /** {@code TaskFutures.asCompleted} over three. */
  AS_COMPLETED_OF_THREE {
    @Override
    int forInner(Baton baton) {
      int sum = 0;
      for (TaskFuture<Integer> ended : TaskFutures.asCompleted(three(baton))) {
        sum += ended.resultNow();
      }
      return sum;
    }
  },
  /** {@code TaskFutures.waitFor} until the first of three is done, again and again. */
  WAIT_FOR_FIRST_OF_THREE {
    @Override
    int forInner(Baton baton) throws Exception {
      List<TaskFuture<?>> open = new ArrayList<>(three(baton));
      int sum = 0;
      while (!open.isEmpty()) {
        for (TaskFuture<?> ended : TaskFutures.waitFor(open, Until.FIRST_COMPLETED).done()) {
          sum += (Integer) Objects.requireNonNull(ended.resultNow());
          open.remove(ended);
        }
      }
      return sum;
    }
  },
  /** {@code TaskFutures.gather}. */
  GATHER {
    @Override
    int await(TaskFuture<Integer> inner) throws Exception {
      return TaskFutures.gather(List.of(inner)).get().getFirst();
    }
  },
  /** {@code TaskFutures.gather} of three. */
  GATHER_OF_THREE {
    @Override
    int forInner(Baton baton) throws Exception {
      List<Integer> results = TaskFutures.gather(three(baton)).get();
      return results.stream().mapToInt(Integer::intValue).sum();
    }
  },
  /** The results of a map. */
  MAP {
    @Override
    int forInner(Baton baton) {
      return sum(baton, MapOptions.none());
    }
  },
  /** The results of a map as they are done. */
  MAP_UNORDERED {
    @Override
    int forInner(Baton baton) {
      return sum(baton, MapOptions.none().unordered());
    }
  },
  /** The results of a map that ends with its first failure. */
  MAP_FAIL_FAST {
    @Override
    int forInner(Baton baton) {
      return sum(baton, MapOptions.none().failFast());
    }
  },
  /** What came of each item of a map. */
  MAP_OUTCOMES {
    @Override
    int forInner(Baton baton) {
      int sum = 0;
      try (Results<Integer> results = sevenfold(baton, MapOptions.none())) {
        for (Item<Integer> item : results.outcomes()) {
          sum += item instanceof Item.Success<Integer> done ? done.value() : 0;
        }
      }
      return sum;
    }
  },
  /** The futures of a map that has more items than may be unfinished. */
  MAP_FUTURES {
    @Override
    int forInner(Baton baton) throws Exception {
      List<TaskFuture<Integer>> futures = new ArrayList<>();
      try (Results<Integer> results = sevenfold(baton, MapOptions.none().window(1))) {
        results.futures().forEach(futures::add);
      }
      int sum = 0;
      for (TaskFuture<Integer> future : futures) {
        sum += future.get();
      }
      return sum;
    }
  },
  /** The results of a map whose items travel together. */
  MAP_IN_CHUNKS {
    @Override
    int forInner(Baton baton) {
      return sum(baton, MapOptions.none().chunk(2));
    }
  },
  /** The same in the order in which the chunks are done. */
  MAP_IN_CHUNKS_UNORDERED {
    @Override
    int forInner(Baton baton) {
      return sum(baton, MapOptions.none().chunk(2).unordered());
    }
  },
  /** The members of a group. */
  GROUP {
    @Override
    int forInner(Baton baton) throws Exception {
      try (TaskGroup group = baton.group()) {
        TaskFuture<Integer> one = group.submit(() -> 40);
        TaskFuture<Integer> two = group.submit(() -> 2);
        group.join();
        return one.resultNow() + two.resultNow();
      }
    }
  },
  /** The first member of a group that succeeds. */
  GROUP_FIRST_SUCCESS {
    @Override
    int forInner(Baton baton) throws Exception {
      try (TaskGroup group = baton.group(GroupOptions.none().firstSuccess())) {
        group.submit(one());
        group.submit(one());
        group.join();
        return Objects.requireNonNull(group.result(Integer.class));
      }
    }
  },
  /** The members of a group that lets each of them come to its end. */
  GROUP_COLLECT_ALL {
    @Override
    int forInner(Baton baton) throws Exception {
      try (TaskGroup group = baton.group(GroupOptions.none().collectAll())) {
        group.submit(Thrown.CHECKED::raise);
        TaskFuture<Integer> fine = group.submit(one());
        group.join();
        return fine.resultNow();
      }
    }
  },
  /** {@code invokeAll}. */
  INVOKE_ALL {
    @Override
    int forInner(Baton baton) throws Exception {
      return baton.invokeAll(List.of(one(), one())).get(1).resultNow();
    }
  },
  /** {@code invokeAny}. */
  INVOKE_ANY {
    @Override
    int forInner(Baton baton) throws Exception {
      return baton.invokeAny(List.of(one(), one()));
    }
  };

  private static Task<Integer> one() {
    return () -> 42;
  }

  /** Submits three tasks, whose results make 42. */
  private static List<TaskFuture<Integer>> three(Baton baton) {
    return baton.submitAll(List.of(() -> 7, () -> 14, () -> 21));
  }

  private static int sum(Baton baton, MapOptions options) {
    try (Results<Integer> results = sevenfold(baton, options)) {
      return results.stream().mapToInt(Integer::intValue).sum();
    }
  }

  private static Results<Integer> sevenfold(Baton baton, MapOptions options) {
    return baton.map(options, number -> number * 7, List.of(1, 2, 3));
  }

  /** Waits for a task and returns its result. */
  int await(TaskFuture<Integer> inner) throws Exception {
    throw new AssertionError("Either this or forInner is overridden: " + inner);
  }

  /** Submits to the executor and waits for what becomes of it, which is 42. */
  int forInner(Baton baton) throws Exception {
    return await(baton.submit(() -> 42));
  }
}
