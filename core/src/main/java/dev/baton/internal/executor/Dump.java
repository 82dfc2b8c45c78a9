package dev.baton.internal.executor;

import dev.baton.TaskInfo;
import dev.baton.internal.task.SubmittedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Describes running tasks for people. */
final class Dump {

  private static final int NAMED = 5;

  private Dump() {}

  /** Returns a description with a paragraph for each running task. */
  static String of(String header, List<SubmittedTask<?>> running) {
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

  /** Names, for a single line, the bodies that were asked to stop and still run. */
  static String stubborn(List<SubmittedTask<?>> running) {
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
