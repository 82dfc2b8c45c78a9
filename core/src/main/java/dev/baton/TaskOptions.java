package dev.baton;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one task asks for beyond its executor's settings: an immutable value, each of whose methods
 * returns a changed copy.
 *
 * <pre>{@code
 * baton.submit(TaskOptions.none().name("resize-42").timeout(Duration.ofSeconds(5)), task);
 * }</pre>
 *
 * <p>Two are equal if they ask for the same.
 */
public final class TaskOptions {

  /** The predicate of those who give none: an {@link Error} is nothing to try again. */
  private static final Predicate<Throwable> ANY_EXCEPTION = Exception.class::isInstance;

  private static final TaskOptions NONE = new TaskOptions(new Draft());

  private final @Nullable String name;
  private final @Nullable Duration timeout;
  private final @Nullable Duration deadline;
  private final @Nullable Duration queueTimeout;
  private final @Nullable Duration stallTimeout;
  private final int retries;
  private final Duration backoff;
  private final Predicate<? super Throwable> retryWhen;
  private final boolean idempotent;
  private final boolean timed;
  private final @Nullable String key;

  private TaskOptions(Draft draft) {
    name = draft.name;
    timeout = draft.timeout;
    deadline = draft.deadline;
    queueTimeout = draft.queueTimeout;
    stallTimeout = draft.stallTimeout;
    retries = draft.retries;
    backoff = draft.backoff;
    retryWhen = draft.retryWhen;
    idempotent = draft.idempotent;
    timed = draft.timed;
    key = draft.key;
  }

  /** Options that are being put together, so that a change names what it changes. */
  private static final class Draft {
    private @Nullable String name;
    private @Nullable Duration timeout;
    private @Nullable Duration deadline;
    private @Nullable Duration queueTimeout;
    private @Nullable Duration stallTimeout;
    private int retries;
    private Duration backoff = Duration.ZERO;
    private Predicate<? super Throwable> retryWhen = ANY_EXCEPTION;
    private boolean idempotent;
    private boolean timed;
    private @Nullable String key;
  }

  private TaskOptions with(Consumer<Draft> change) {
    Draft draft = new Draft();
    draft.name = name;
    draft.timeout = timeout;
    draft.deadline = deadline;
    draft.queueTimeout = queueTimeout;
    draft.stallTimeout = stallTimeout;
    draft.retries = retries;
    draft.backoff = backoff;
    draft.retryWhen = retryWhen;
    draft.idempotent = idempotent;
    draft.timed = timed;
    draft.key = key;
    change.accept(draft);
    return new TaskOptions(draft);
  }

  private static Duration positive(String option, Duration duration) {
    Durations.checkPositive(option, Objects.requireNonNull(duration, option));
    return duration;
  }

  /**
   * Returns options that ask for nothing.
   *
   * @return the value to start from
   */
  public static TaskOptions none() {
    return NONE;
  }

  /**
   * Names the task.
   *
   * @param name a name for messages, logs and {@link TaskInfo}; it need not be unique
   * @return a copy with this name
   * @throws IllegalArgumentException if the name is blank
   */
  public TaskOptions name(String name) {
    Objects.requireNonNull(name, "name");
    if (name.isBlank()) {
      throw new IllegalArgumentException("The name of a task must not be blank.");
    }
    return with(draft -> draft.name = name);
  }

  /**
   * Limits how long the body may run. The time counts from the body's real start; when it is up the
   * future fails with a {@link TaskTimeoutException} and the body is interrupted. With {@link
   * #retries(int) retries} each attempt has the whole time; if the task is {@link #idempotent()}
   * the next one waits until the body has really stopped, so give a body that may ignore its
   * interrupt a {@link #deadline(Duration)} too.
   *
   * @param timeout the limit; positive
   * @return a copy with this limit
   * @throws IllegalArgumentException if the limit is not positive
   */
  public TaskOptions timeout(Duration timeout) {
    Duration limit = positive("timeout", timeout);
    return with(draft -> draft.timeout = limit);
  }

  /**
   * Limits how long the task may take, waiting and further attempts included. The time counts from
   * the submission; when it is up the future fails with a {@link TaskTimeoutException}, a pending
   * task never runs, and a running body is interrupted.
   *
   * <p>A task that is submitted from the body of another inherits that one's {@link
   * TaskContext#deadline()} if it is the earlier one.
   *
   * @param deadline the limit; positive
   * @return a copy with this limit
   * @throws IllegalArgumentException if the limit is not positive
   */
  public TaskOptions deadline(Duration deadline) {
    Duration limit = positive("deadline", deadline);
    return with(draft -> draft.deadline = limit);
  }

  /**
   * Limits how long the task may wait for its start. The time counts from the submission to the
   * first start of the body; when it is up the future fails with a {@link TaskTimeoutException} of
   * the kind {@link TaskTimeoutException.Kind#QUEUE}, and the body never runs.
   *
   * @param queueTimeout the limit; positive
   * @return a copy with this limit
   * @throws IllegalArgumentException if the limit is not positive
   */
  public TaskOptions queueTimeout(Duration queueTimeout) {
    Duration limit = positive("queueTimeout", queueTimeout);
    return with(draft -> draft.queueTimeout = limit);
  }

  /**
   * Limits how long the body may run without a word of its {@link TaskContext#progress}. The time
   * counts from the body's real start and from each report; when it is up the body is stopped as by
   * a {@link #timeout(Duration)}, and the {@link TaskTimeoutException} is of the kind {@link
   * TaskTimeoutException.Kind#STALL}.
   *
   * @param stallTimeout the limit; positive
   * @return a copy with this limit
   * @throws IllegalArgumentException if the limit is not positive
   */
  public TaskOptions stallTimeout(Duration stallTimeout) {
    Duration limit = positive("stallTimeout", stallTimeout);
    return with(draft -> draft.stallTimeout = limit);
  }

  /**
   * Has the body tried again, at once, when it throws an {@link Exception}. See {@link
   * #retries(int, Duration, Predicate)}.
   *
   * @param retries how many more attempts may follow the first; 0 for none
   * @return a copy with these retries
   * @throws IllegalArgumentException if the number is negative
   */
  public TaskOptions retries(int retries) {
    return retries(retries, Duration.ZERO);
  }

  /**
   * Has the body tried again, after a pause, when it throws an {@link Exception}. See {@link
   * #retries(int, Duration, Predicate)}.
   *
   * @param retries how many more attempts may follow the first; 0 for none
   * @param backoff the pause before the second attempt; zero for none
   * @return a copy with these retries
   * @throws IllegalArgumentException if the number or the pause is negative
   */
  public TaskOptions retries(int retries, Duration backoff) {
    return retries(retries, backoff, ANY_EXCEPTION);
  }

  /**
   * Has the body tried again, after a pause, when it fails in a way that is worth it. The pause
   * doubles with each attempt, up to 1,024 times the first, and is longer by up to a quarter at
   * random, so that tasks that failed together do not come back together. Meanwhile the task is
   * pending and holds no worker. Its future is not done before the last attempt is, and then ends
   * as that one does.
   *
   * <p>What the body throws is put to the predicate. A lost worker and an exceeded {@link
   * #timeout(Duration)} or {@link #stallTimeout(Duration)} are put to it as well, but only for an
   * {@link #idempotent()} task, because nobody knows how far such a body came; the next attempt
   * then waits until the body has really stopped. A cancelled task is not tried again, nor one
   * whose executor stops or whose deadline is over.
   *
   * @param retries how many more attempts may follow the first; 0 for none
   * @param backoff the pause before the second attempt; zero for none
   * @param when tells whether a failure is worth another attempt; it is called in this JVM and must
   *     not block, and if it throws, the task fails and the log has what it threw
   * @return a copy with these retries
   * @throws IllegalArgumentException if the number or the pause is negative
   */
  public TaskOptions retries(int retries, Duration backoff, Predicate<? super Throwable> when) {
    Objects.requireNonNull(backoff, "backoff");
    Objects.requireNonNull(when, "when");
    if (retries < 0) {
      throw new IllegalArgumentException("retries must not be negative: " + retries);
    }
    if (backoff.isNegative()) {
      throw new IllegalArgumentException("backoff must not be negative: " + backoff);
    }
    return with(
        draft -> {
          draft.retries = retries;
          draft.backoff = backoff;
          draft.retryWhen = when;
        });
  }

  /**
   * Says that the body may be begun once more if its worker dies under it, and that {@link
   * #retries(int) retries} may follow a timeout. Without this Baton begins no body twice that did
   * not end by itself.
   *
   * @return a copy that says so
   */
  public TaskOptions idempotent() {
    return with(draft -> draft.idempotent = true);
  }

  /**
   * Asks for the times in {@link TaskInfo}.
   *
   * @return a copy that asks for them
   */
  public TaskOptions timed() {
    return with(draft -> draft.timed = true);
  }

  /**
   * Says what the task belongs to, such as a customer or a room. On an event loop tasks of equal
   * keys run on the same loop in the order of their submission, so that what only they touch needs
   * no lock. Elsewhere a key changes nothing: there tasks of one key may run at once.
   *
   * @param key tells what belongs together; not blank
   * @return a copy with this key
   * @throws IllegalArgumentException if the key is blank
   */
  public TaskOptions key(String key) {
    Objects.requireNonNull(key, "key");
    if (key.isBlank()) {
      throw new IllegalArgumentException("The key of a task must not be blank.");
    }
    return with(draft -> draft.key = key);
  }

  /**
   * Returns the task's name.
   *
   * @return the name, or null if one is to be made from the id
   */
  public @Nullable String name() {
    return name;
  }

  /**
   * Returns how long the body may run.
   *
   * @return the limit, or null for none
   */
  public @Nullable Duration timeout() {
    return timeout;
  }

  /**
   * Returns how long the task may take.
   *
   * @return the limit, or null for none
   */
  public @Nullable Duration deadline() {
    return deadline;
  }

  /**
   * Returns how long the task may wait for its start.
   *
   * @return the limit, or null for none
   */
  public @Nullable Duration queueTimeout() {
    return queueTimeout;
  }

  /**
   * Returns how long the body may run without reporting progress.
   *
   * @return the limit, or null for none
   */
  public @Nullable Duration stallTimeout() {
    return stallTimeout;
  }

  /**
   * Returns how many more attempts may follow the first.
   *
   * @return the number; 0 for none
   */
  public int retries() {
    return retries;
  }

  /**
   * Returns the pause before the second attempt.
   *
   * @return the pause; zero for none
   */
  public Duration backoff() {
    return backoff;
  }

  /**
   * Returns what tells whether a failure is worth another attempt.
   *
   * @return the predicate; by default it holds for each {@link Exception}
   */
  public Predicate<? super Throwable> retryWhen() {
    return retryWhen;
  }

  /**
   * Tells whether the body may be begun once more after its worker died.
   *
   * @return whether it may
   */
  public boolean isIdempotent() {
    return idempotent;
  }

  /**
   * Tells whether the times in {@link TaskInfo} are recorded.
   *
   * @return whether they are asked for
   */
  public boolean isTimed() {
    return timed;
  }

  /**
   * Returns what the task belongs to.
   *
   * @return the key, or null if it has none
   */
  public @Nullable String key() {
    return key;
  }

  private List<@Nullable Object> values() {
    return Arrays.asList(
        name,
        timeout,
        deadline,
        queueTimeout,
        stallTimeout,
        retries,
        backoff,
        retryWhen,
        idempotent,
        timed,
        key);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TaskOptions options && values().equals(options.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  /** Shows what is asked for, and nothing of the rest. */
  @Override
  public String toString() {
    List<String> shown = new ArrayList<>();
    addIfSet(shown, "name", name);
    addIfSet(shown, "timeout", timeout);
    addIfSet(shown, "deadline", deadline);
    addIfSet(shown, "queueTimeout", queueTimeout);
    addIfSet(shown, "stallTimeout", stallTimeout);
    if (retries > 0) {
      shown.add("retries=" + retries + (backoff.isZero() ? "" : " from " + backoff));
    }
    if (idempotent) {
      shown.add("idempotent");
    }
    if (timed) {
      shown.add("timed");
    }
    addIfSet(shown, "key", key);
    return "TaskOptions[" + String.join(", ", shown) + "]";
  }

  private static void addIfSet(List<String> shown, String what, @Nullable Object value) {
    if (value != null) {
      shown.add(what + "=" + value);
    }
  }
}
