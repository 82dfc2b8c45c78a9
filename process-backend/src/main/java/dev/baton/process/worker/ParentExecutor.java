package dev.baton.process.worker;

import dev.baton.CancelMode;
import dev.baton.Capabilities;
import dev.baton.ShutdownMode;
import dev.baton.TaskRejectedException;
import dev.baton.process.codec.Decoder;
import dev.baton.process.codec.Encoded;
import dev.baton.process.codec.Encoder;
import dev.baton.process.wire.Answer;
import dev.baton.process.wire.Ask;
import dev.baton.process.wire.Ask.Question;
import dev.baton.process.wire.Cancel;
import dev.baton.process.wire.Hello;
import dev.baton.process.wire.SubmitHead;
import dev.baton.spi.RemoteExecutor;
import dev.baton.spi.TaskRun;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The executor of this worker, which is in the parent. A submission is with it when it returns, so
 * a task that submits and ends has not lost what it has submitted.
 */
final class ParentExecutor implements RemoteExecutor {

  private static final Capabilities CAPABILITIES = new Capabilities(true, true, true);

  private final String name;
  private final String backend;
  private final @Nullable Duration timeout;
  private final ParentLink link;
  private final Decoder decoder;
  private final ClassLoader loader;
  private final Encoder encoder = new Encoder();

  ParentExecutor(Hello hello, ParentLink link, Decoder decoder, ClassLoader loader) {
    this.name = hello.executor();
    this.backend = hello.options().getOrDefault("backend", "process");
    String set = hello.options().get("timeout");
    this.timeout = set == null ? null : Duration.parse(set);
    this.link = link;
    this.decoder = decoder;
    this.loader = loader;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String backend() {
    return backend;
  }

  @Override
  public @Nullable Duration timeout() {
    return timeout;
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public boolean ownsClaim() {
    return true;
  }

  @Override
  public void prepare(TaskRun run) {
    Encoded body = encoder.encode(run.task()).portable();
    Submission submission = new Submission(run.id(), run.attempt(), body, decoder, loader);
    run.attach(submission);
    link.expect(submission);
    Answer answer =
        link.ask(
            request ->
                new SubmitHead(
                        request, run.attempt(), run.isMember(), run.options(), run.loggingContext())
                    .frame(submission.id(), submission.body()));
    if (!answer.yes()) {
      link.forget(submission);
      throw new TaskRejectedException(String.valueOf(answer.text()));
    }
  }

  @Override
  public void start(TaskRun run) {
    if (run.attachment() instanceof Submission submission) {
      submission.await(run);
    }
  }

  @Override
  public Withdrawal cancel(TaskRun run, CancelMode mode) {
    Submission submission = submissionOf(run);
    if (submission == null || submission.attempt() != run.attempt()) {
      return Withdrawal.BEGUN; // and over
    }
    if (mode == CancelMode.INTERRUPT || mode == CancelMode.KILL) {
      // Core takes the body for begun and waits for its end, which the parent tells in any case.
      link.say(new Cancel(mode, submission.attempt()).frame(submission.id()));
    } else if (withdraw(submission)) {
      link.forget(submission);
      return Withdrawal.WITHDRAWN;
    }
    return Withdrawal.BEGUN;
  }

  /** Finds one that was withdrawn while it was submitted, too: its attachment is let go. */
  private @Nullable Submission submissionOf(TaskRun run) {
    return run.attachment() instanceof Submission attached ? attached : link.submission(run.id());
  }

  private boolean withdraw(Submission submission) {
    boolean isWithdrawn = false;
    submission.withdrawalBegins();
    try {
      isWithdrawn = ask(submission.id(), Question.WITHDRAW).yes();
    } finally {
      submission.withdrawalEnds(isWithdrawn);
    }
    return isWithdrawn;
  }

  @Override
  public OptionalLong begunAt(TaskRun run) {
    if (!(run.attachment() instanceof Submission submission)) {
      return OptionalLong.empty();
    }
    Answer answer = ask(submission.id(), Question.BEGUN);
    if (!answer.yes()) {
      return OptionalLong.empty();
    }
    String worker = answer.text();
    if (worker != null) {
      run.started(worker, answer.nanoTime());
    }
    return OptionalLong.of(answer.nanoTime());
  }

  private Answer ask(long id, Question question) {
    return link.ask(request -> new Ask(request, question).frame(id));
  }

  @Override
  public boolean isShutdown() {
    return ask(0, Question.IS_SHUTDOWN).yes();
  }

  @Override
  public void shutdown(ShutdownMode mode) {
    ask(
        0,
        switch (mode) {
          case DRAIN -> Question.DRAIN;
          case CANCEL_PENDING -> Question.CANCEL_PENDING;
          case TERMINATE -> Question.TERMINATE;
        });
  }

  @Override
  public void shutdownNow() {
    ask(0, Question.SHUTDOWN_NOW);
  }

  @Override
  public void close() {
    throw new IllegalStateException("The executor is closed in the parent.");
  }
}
