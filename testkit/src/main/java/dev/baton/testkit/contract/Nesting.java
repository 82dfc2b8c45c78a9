package dev.baton.testkit.contract;

import dev.baton.Baton;
import dev.baton.GroupOptions;
import dev.baton.MapOptions;
import dev.baton.Results;
import dev.baton.Task;
import dev.baton.TaskContext;
import dev.baton.TaskFunction;
import dev.baton.TaskFuture;
import dev.baton.TaskGroup;
import dev.baton.TaskOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The ways in which a task can submit another. */
public enum Nesting {
  /** {@code submit}. */
  SUBMIT {
    @Override
    Instant endOfInner(Baton baton, @Nullable Duration own) throws Exception {
      return baton.submit(with(own), Nesting::end).get();
    }
  },
  /** {@code submitAll}. */
  SUBMIT_ALL {
    @Override
    Instant endOfInner(Baton baton, @Nullable Duration own) throws Exception {
      List<Task<Instant>> tasks = List.of(Nesting::end, Nesting::end);
      return last(baton.submitAll(tasks));
    }
  },
  /** {@code submitAsync}. */
  SUBMIT_ASYNC {
    @Override
    Instant endOfInner(Baton baton, @Nullable Duration own) throws Exception {
      return baton.submitAsync(with(own), () -> CompletableFuture.completedFuture(end())).get();
    }
  },
  /** A bound function. */
  BIND {
    @Override
    Instant endOfInner(Baton baton, @Nullable Duration own) throws Exception {
      TaskFunction<Integer, Instant> function = number -> end();
      return baton.bind(with(own), function).apply(1).get();
    }
  },
  /** {@code invokeAll}. */
  INVOKE_ALL {
    @Override
    Instant endOfInner(Baton baton, @Nullable Duration own) throws Exception {
      List<Task<Instant>> tasks = List.of(Nesting::end, Nesting::end);
      return last(baton.invokeAll(tasks));
    }
  },
  /** {@code invokeAny}. */
  INVOKE_ANY {
    @Override
    Instant endOfInner(Baton baton, @Nullable Duration own) throws Exception {
      List<Task<Instant>> tasks = List.of(Nesting::end);
      return baton.invokeAny(tasks);
    }
  },
  /** A map whose items are tasks of their own. */
  MAP {
    @Override
    Instant endOfInner(Baton baton, @Nullable Duration own) {
      return ofLastItem(baton, MapOptions.none());
    }
  },
  /** A map whose items travel together. */
  MAP_IN_CHUNKS {
    @Override
    Instant endOfInner(Baton baton, @Nullable Duration own) {
      return ofLastItem(baton, MapOptions.none().chunk(2));
    }
  },
  /** A member of a group. */
  GROUP {
    @Override
    Instant endOfInner(Baton baton, @Nullable Duration own) throws Exception {
      return ofMember(baton, GroupOptions.none(), own);
    }
  },
  /** A member of a group that has the deadline. */
  GROUP_WITH_DEADLINE {
    @Override
    Instant endOfInner(Baton baton, @Nullable Duration own) throws Exception {
      GroupOptions plain = GroupOptions.none();
      return ofMember(baton, own == null ? plain : plain.deadline(own), null);
    }
  };

  /** Returns when the task that calls this has to be over; the end of time if it need not be. */
  static Instant end() {
    Instant deadline = TaskContext.current().deadline();
    return deadline == null ? Instant.MAX : deadline;
  }

  private static TaskOptions with(@Nullable Duration own) {
    return own == null ? TaskOptions.none() : TaskOptions.none().deadline(own);
  }

  private static Instant last(List<? extends Future<Instant>> futures) throws Exception {
    return futures.getLast().get();
  }

  private static Instant ofLastItem(Baton baton, MapOptions options) {
    try (Results<Instant> ends = baton.map(options, number -> end(), List.of(1, 2, 3))) {
      return ends.stream().toList().getLast();
    }
  }

  private static Instant ofMember(Baton baton, GroupOptions group, @Nullable Duration own)
      throws Exception {
    try (TaskGroup members = baton.group(group)) {
      TaskFuture<Instant> member = members.submit(with(own), Nesting::end);
      members.join();
      return member.resultNow();
    }
  }

  /** Submits a task, with options where this way takes some, and returns when it has to be over. */
  abstract Instant endOfInner(Baton baton, @Nullable Duration own) throws Exception;
}
