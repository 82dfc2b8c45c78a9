package dev.baton.process.host;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.ShutdownMode;
import dev.baton.TaskFuture;
import dev.baton.TaskInfo;
import dev.baton.TaskRejectedException;
import dev.baton.process.codec.Encoded;
import dev.baton.process.wire.Answer;
import dev.baton.process.wire.Ask;
import dev.baton.process.wire.Cancel;
import dev.baton.process.wire.Frame;
import dev.baton.process.wire.Lend;
import dev.baton.process.wire.Progress;
import dev.baton.process.wire.SubmitHead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * What the bodies of one worker submit to their executor, and ask of it. The thread that reads from
 * the worker hands everything to virtual threads, but for the end of a wait, which takes no time.
 *
 * <p>What was submitted belongs to the executor: it goes on when its worker is gone, and then
 * nobody hears what came of it. Only members of groups are cancelled then, as they would have been
 * by the body that is lost.
 */
final class NestedTasks {

  private static final Logger LOG = LoggerFactory.getLogger(NestedTasks.class);

  private static final Answer YES = new Answer(true, 0, null);

  private final Worker worker;
  private final Baton executor;
  private final LaunchPlan plan;
  private final Consumer<Frame> answer;
  private final Outcomes outcomes;

  /** What was accepted and is not over, by the worker's numbers. */
  private final Map<Long, Accepted> open = new ConcurrentHashMap<>();

  /** Those of them that are members of a group. */
  private final Set<TaskFuture<?>> members = ConcurrentHashMap.newKeySet();

  /** Set before the members are cancelled; who adds one looks here afterwards. */
  private volatile boolean isWorkerGone;

  /** One attempt at a task that the worker has submitted. */
  private record Accepted(TaskFuture<?> future, RelayedTask task) {}

  NestedTasks(Worker worker, Baton executor, LaunchPlan plan, Consumer<Frame> answer) {
    this.worker = worker;
    this.executor = executor;
    this.plan = plan;
    this.answer = answer;
    this.outcomes = new Outcomes(worker);
  }

  /** Submits a task. */
  void submit(long id, SubmitHead head, Encoded body) {
    Thread.startVirtualThread(
        () -> {
          RelayedTask task = new RelayedTask(body, head.attempt(), plan);
          TaskFuture<?> future;
          try {
            MDC.setContextMap(head.loggingContext());
            future = executor.<@Nullable Object>submit(head.options(), task);
          } catch (Throwable refused) {
            answer(head.request(), refusal(refused));
            return;
          }
          Accepted accepted = new Accepted(future, task);
          open.put(id, accepted);
          if (head.isMember()) {
            addMember(future);
          }
          answer(head.request(), YES); // before any word about the task
          future.onProgress(progress -> answer.accept(new Progress(progress).frame(id)));
          future.terminated().onDone(over -> end(id, accepted));
        });
  }

  private void addMember(TaskFuture<?> future) {
    members.add(future);
    if (isWorkerGone) {
      future.cancel(CancelMode.INTERRUPT);
    }
  }

  /** Is told that nothing more comes from the worker. */
  void workerIsGone() {
    isWorkerGone = true;
    List<TaskFuture<?>> left = List.copyOf(members);
    if (!left.isEmpty()) {
      Thread.startVirtualThread(() -> left.forEach(each -> each.cancel(CancelMode.INTERRUPT)));
    }
  }

  private void end(long id, Accepted ended) {
    TaskFuture<?> future = ended.future();
    members.remove(future);
    if (open.remove(id, ended)) {
      try {
        ended.task().items().forEach(word -> answer.accept(word.frame(id)));
        answer.accept(outcomes.frame(id, future));
      } catch (RuntimeException | Error failure) {
        endWith(failure, id, future);
      }
    }
  }

  /** Tells a body that it cannot be told; one that cannot hear even that would wait for ever. */
  private void endWith(Throwable failure, long id, TaskFuture<?> future) {
    try {
      answer.accept(outcomes.failure(id, future, failure));
    } catch (RuntimeException | Error again) {
      worker.kill("it cannot be told what came of " + future + ": " + again);
    }
    LOG.error("{} cannot be told what came of {}", worker, future, failure);
  }

  /** Lends the slot of a body that is about to wait. */
  void lend(long task, Lend lend) {
    reply(lend.request(), () -> lent(task, lend));
  }

  private Answer lent(long task, Lend lend) {
    Assignment waiter = worker.assigned(task);
    TaskFuture<?> awaited = future(lend.awaited());
    long id = awaited == null ? 0 : awaited.info().id();
    return waiter != null && waiter.run().lend(id, lend.description()) ? YES : no(null);
  }

  /** Is told that a body goes on. */
  void resume(long task) {
    Assignment waiter = worker.assigned(task);
    if (waiter != null) {
      waiter.run().resume();
    }
  }

  private @Nullable TaskFuture<?> future(long id) {
    Accepted accepted = open.get(id);
    return accepted == null ? null : accepted.future();
  }

  /** Stops an attempt at a task that was submitted, unless it is over. */
  void cancel(long id, Cancel cancel) {
    Accepted accepted = open.get(id);
    if (accepted != null && accepted.task().attempt() == cancel.attempt()) {
      Thread.startVirtualThread(() -> accepted.future().cancel(cancel.mode()));
    }
  }

  /** Answers a question. */
  void ask(long id, Ask ask) {
    reply(ask.request(), () -> answerTo(id, ask.question()));
  }

  private Answer answerTo(long id, Ask.Question question) {
    return switch (question) {
      case WITHDRAW -> withdraw(id);
      case BEGUN -> begun(id);
      case IS_SHUTDOWN -> executor.isShutdown() ? YES : no(null);
      case DRAIN -> shutdown(ShutdownMode.DRAIN);
      case CANCEL_PENDING -> shutdown(ShutdownMode.CANCEL_PENDING);
      case TERMINATE -> shutdown(ShutdownMode.TERMINATE);
      case SHUTDOWN_NOW -> {
        executor.shutdownNow();
        yield YES;
      }
      case CLAIM -> throw new IllegalArgumentException("The worker's own tasks are not nested.");
    };
  }

  /**
   * Takes a task back. One that was cancelled after its body began is cancelled as well, but what
   * comes of it is told when the body is over, and the worker has to wait for that.
   */
  private Answer withdraw(long id) {
    TaskFuture<?> future = future(id);
    return future != null && future.cancel(CancelMode.IF_PENDING) && neverBegan(future)
        ? YES
        : no(null);
  }

  /** Tells whether the body of a cancelled task never began: nothing ran it, and nothing does. */
  private static boolean neverBegan(TaskFuture<?> cancelled) {
    return cancelled.terminated().isDone() && cancelled.info().worker() == null;
  }

  /**
   * Tells whether a body has begun; it may be over, as long as the worker has not heard of that.
   */
  private Answer begun(long id) {
    TaskFuture<?> future = future(id);
    TaskInfo info = future == null ? null : future.info();
    if (info == null || info.worker() == null) {
      return no(null);
    }
    Instant started = info.started();
    long ago = started == null ? 0 : Duration.between(started, Instant.now()).toNanos();
    return new Answer(true, worker.toItsTime(System.nanoTime() - ago), info.worker());
  }

  private Answer shutdown(ShutdownMode mode) {
    executor.shutdown(mode);
    return YES;
  }

  private static Answer no(@Nullable String why) {
    return new Answer(false, 0, why);
  }

  private Answer refusal(Throwable failure) {
    if (failure instanceof TaskRejectedException) {
      return no(String.valueOf(failure.getMessage()));
    }
    LOG.error("A request of {} failed", worker, failure);
    return no("The parent could not do it: " + failure);
  }

  /** Answers a request on another thread, whatever comes of it: somebody waits. */
  private void reply(long request, Supplier<Answer> work) {
    Thread.startVirtualThread(
        () -> {
          Answer found;
          try {
            found = work.get();
          } catch (Throwable failure) {
            found = refusal(failure);
          }
          answer(request, found);
        });
  }

  private void answer(long request, Answer found) {
    answer.accept(found.frame(request));
  }
}
