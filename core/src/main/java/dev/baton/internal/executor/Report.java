package dev.baton.internal.executor;

import dev.baton.BatonStats;
import dev.baton.TaskInfo;
import dev.baton.internal.task.SubmittedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What an executor shows of itself to people. */
final class Report {

  private static final int NAMED = 5;

  private Report() {}

  /** Puts the counts together. */
  static BatonStats stats(TaskCounts counts, int running, int lent) {
    return new BatonStats(
        counts.accepted(),
        Math.max(0, counts.unfinished() - running),
        running,
        counts.succeeded(),
        counts.failed(),
        counts.cancelled(),
        counts.rejected(),
        lent);
  }

  /** Returns the one line that stands in messages. */
  static String line(String head, BatonStats stats, List<SubmittedTask<?>> running) {
    long done = stats.succeeded() + stats.failed() + stats.cancelled();
    return "Baton["
        + head
        + ", "
        + stats.pending()
        + " pending, "
        + stats.running()
        + " running, "
        + done
        + " done"
        + stubborn(running)
        + "]";
  }

  /** Returns a description with a paragraph for each running task. */
  static String dump(String header, List<SubmittedTask<?>> running) {
    StringBuilder text = new StringBuilder(header);
    for (SubmittedTask<?> task : running) {
      text.append(System.lineSeparator()).append("  ").append(describe(task));
      Thread runner = task.runner();
      if (runner != null) {
        for (StackTraceElement frame : runner.getStackTrace()) {
          text.append(System.lineSeparator()).append("      at ").append(frame);
        }
      }
    }
    return text.toString();
  }

  private static String describe(SubmittedTask<?> task) {
    TaskInfo info = task.info();
    Instant started = info.started();
    String since =
        started == null
            ? ""
            : ", for " + Duration.between(started, Instant.now()).toMillis() + " ms";
    return task + since;
  }

  /** Names the bodies that were asked to stop and still run. */
  private static String stubborn(List<SubmittedTask<?>> running) {
    List<SubmittedTask<?>> stubborn =
        running.stream().filter(SubmittedTask::isAskedToStop).toList();
    if (stubborn.isEmpty()) {
      return "";
    }
    String names =
        stubborn.stream().limit(NAMED).map(SubmittedTask::name).collect(Collectors.joining(", "));
    String more = stubborn.size() > NAMED ? ", and " + (stubborn.size() - NAMED) + " more" : "";
    return ", asked to stop and still running: " + names + more;
  }
}
