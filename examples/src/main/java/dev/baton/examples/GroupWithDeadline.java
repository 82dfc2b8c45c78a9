package dev.baton.examples;

import dev.baton.Baton;
import dev.baton.GroupOptions;
import dev.baton.TaskFuture;
import dev.baton.TaskGroup;
import dev.baton.TaskTimeoutException;
import dev.baton.process.ProcessOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Worker JVMs share one deadline; what is not done by then is stopped, wherever it runs. */
public final class GroupWithDeadline {

  private static final Duration AMPLE = Duration.ofSeconds(30);

  private GroupWithDeadline() {}

  /**
   * Sums up in time, and then searches for too long.
   *
   * @param args none
   * @throws Exception if it goes otherwise
   */
  public static void main(String[] args) throws Exception {
    try (Baton baton = Baton.open(ProcessOptions.defaults().workers(2))) {
      System.out.println("The sum is " + sumTo(baton, 1_000) + ".");
      System.out.println("The search " + searchFor(baton, Duration.ofSeconds(2)) + ".");
    }
  }

  static long sumTo(Baton baton, long last) throws Exception {
    try (TaskGroup group = baton.group(GroupOptions.none().deadline(AMPLE))) {
      List<TaskFuture<Long>> parts = new ArrayList<>();
      for (long from = 1; from <= last; from += 250) {
        long first = from;
        parts.add(group.submit(() -> LongStream.range(first, first + 250).sum()));
      }
      group.join();
      return parts.stream().mapToLong(TaskFuture::resultNow).sum();
    }
  }

  static String searchFor(Baton baton, Duration limit) throws Exception {
    try (TaskGroup group = baton.group(GroupOptions.none().name("search").deadline(limit))) {
      group.submit(() -> Thread.sleep(Long.MAX_VALUE));
      group.join();
      return "ended";
    } catch (TaskTimeoutException late) {
      return "was given up by its deadline";
    }
  }
}
