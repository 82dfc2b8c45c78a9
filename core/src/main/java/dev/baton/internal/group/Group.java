package dev.baton.internal.group;

import dev.baton.Action;
import dev.baton.GroupOptions;
import dev.baton.GroupOptions.Policy;
import dev.baton.Task;
import dev.baton.TaskFunction;
import dev.baton.TaskFuture;
import dev.baton.TaskGroup;
import dev.baton.TaskOptions;
import dev.baton.TaskRejectedException;
import dev.baton.TaskTimeoutException;
import dev.baton.internal.future.Occupant;
import dev.baton.internal.future.Waits;
import dev.baton.internal.task.BodyRun;
import dev.baton.internal.task.Budget;
import dev.baton.internal.task.SubmittedTask;
import dev.baton.spi.TaskCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A group as the thread sees it that opened it. */
public final class Group implements TaskGroup {

  private static final AtomicLong NUMBERS = new AtomicLong();

  private enum State {
    OPEN,
    JOINED,
    CLOSED
  }

  private final Submitter submitter;
  private final Policy policy;
  private final @Nullable Duration deadline;
  private final String name;
  private final Members members;
  private final Thread owner = Thread.currentThread();
  private final @Nullable Occupant occupant = Occupant.current();
  private final @Nullable BodyRun body = BodyRun.current();
  private final @Nullable Group previous = OpenGroups.innermost();
  private final @Nullable Budget budget;
  private final @Nullable Tether tether;

  /**
   * OPEN ──join──▶ JOINED ──close──▶ CLOSED, or from OPEN to CLOSED at once. Written by the owner
   * only; others read it to describe the group.
   */
  private volatile State state = State.OPEN;

  private Group(Submitter submitter, GroupOptions options) {
    this.submitter = submitter;
    this.policy = options.policy();
    this.deadline = options.deadline();
    this.name = options.name() == null ? "group-" + NUMBERS.incrementAndGet() : options.name();
    this.members = new Members(submitter.home(), policy);
    Group enclosing = OpenGroups.enclosing();
    Budget own = deadline == null ? null : Budget.of(deadline, "group " + name);
    Budget outer = enclosing == null ? Budget.ofCurrentTask() : enclosing.budget;
    this.budget = Budget.tighter(outer, own);
    this.tether = body == null ? null : Tether.to(body, this);
  }

  /** Opens a group for the calling thread. */
  public static TaskGroup open(Submitter submitter, GroupOptions options) {
    Group group = new Group(submitter, options);
    OpenGroups.add(group);
    return group;
  }

  @Nullable Occupant occupant() {
    return occupant;
  }

  @Nullable Group previous() {
    return previous;
  }

  /** Tells whether the body, or the callback, that opened this group is over. */
  boolean isLeftBehind() {
    if (body != null) {
      return body.isOver();
    }
    return occupant instanceof SubmittedTask<?> && occupant != Occupant.current();
  }

  void cancelMembers() {
    members.stop();
  }

  private void checkOwner(String what) {
    if (Thread.currentThread() != owner) {
      throw new WrongThreadException(
          "Thread "
              + Thread.currentThread().getName()
              + " cannot "
              + what
              + " group "
              + name
              + ", which belongs to the thread that opened it: "
              + owner.getName()
              + ". Open a group of its own there.");
    }
  }

  private static <B> B nonNull(B body) {
    return Objects.requireNonNull(body, "task");
  }

  @Override
  public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task) {
    return submitCall(TaskOptions.none(), nonNull(task));
  }

  @Override
  public TaskFuture<Void> submit(Action action) {
    return submit(TaskOptions.none(), action);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> TaskFuture<R> submit(
      TaskFunction<A, R> function, A argument) {
    Objects.requireNonNull(function, "function");
    return submitCall(TaskOptions.none(), new TaskCall.OfFunction<>(function, argument));
  }

  @Override
  public <T extends @Nullable Object> TaskFuture<T> submit(TaskOptions options, Task<T> task) {
    return submitCall(Objects.requireNonNull(options, "options"), nonNull(task));
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // a future of Void has null as its only result
  public TaskFuture<Void> submit(TaskOptions options, Action action) {
    Objects.requireNonNull(options, "options");
    TaskFuture<?> future = submitCall(options, new TaskCall.OfAction(nonNull(action)));
    return (TaskFuture<Void>) future;
  }

  private <T extends @Nullable Object> TaskFuture<T> submitCall(
      TaskOptions options, Callable<? extends T> body) {
    checkOwner("submit to");
    if (state != State.OPEN) {
      throw new IllegalStateException(
          "A member cannot be submitted to "
              + this
              + ". Submit before join, or open another group.");
    }
    if (members.isStopped()) {
      return submitter.cancelledMember(options, body);
    }
    members.makeRoom();
    Member member = new Member(members, budget, options.deadline());
    TaskFuture<T> future;
    try {
      future = submitter.submit(options, body, budget, member);
    } catch (TaskRejectedException rejected) {
      throw rejected;
    } catch (Throwable failure) {
      if (member.isTold()) {
        members.add(member); // its body may run
      }
      throw failure;
    }
    members.add(member);
    return future;
  }

  @Override
  public void join() throws ExecutionException, InterruptedException, TaskTimeoutException {
    checkOwner("join");
    if (state == State.CLOSED) {
      throw new IllegalStateException("It is too late to join " + this + ".");
    }
    state = State.JOINED;
    Waits.await(members, false, 0);
    if (policy != Policy.FIRST_SUCCESS || members.winner() == null) {
      throwWhatWentWrong();
    }
  }

  private void throwWhatWentWrong() throws ExecutionException, TaskTimeoutException {
    if (tether != null && tether.isPulled()) {
      throw new CancellationException(
          "Group " + name + " was cancelled with task " + tether.task() + ", which opened it.");
    }
    if (members.expired() > 0) {
      TaskTimeoutException late =
          new TaskTimeoutException(lateness(), TaskTimeoutException.Kind.DEADLINE);
      members.failures().addSuppressedTo(late);
      throw late;
    }
    ExecutionException failed = members.failures().toException("Group " + name);
    if (failed != null && policy != Policy.COLLECT_ALL) {
      throw failed;
    }
  }

  private String lateness() {
    String giver = budget == null ? "" : budget.giver();
    String limit =
        giver.equals("group " + name)
            ? "its deadline of " + deadline
            : "the time that " + giver + " had left";
    return "Group "
        + name
        + " was not over within "
        + limit
        + ": "
        + members.expired()
        + " of its "
        + members.total()
        + " members were not done.";
  }

  @Override
  public <T> @Nullable T result(Class<T> type) {
    Objects.requireNonNull(type, "type");
    TaskFuture<?> winner = members.winner();
    if (state == State.OPEN || winner == null) {
      throw new IllegalStateException(
          "There is no first result: "
              + this
              + ". It takes the policy FIRST_SUCCESS, a member that succeeded, and a join.");
    }
    return type.cast(winner.resultNow());
  }

  @Override
  public void close() {
    checkOwner("close");
    if (state == State.CLOSED) {
      return;
    }
    boolean wasJoined = state == State.JOINED || members.total() == 0;
    int unfinished = members.unfinished();
    List<Group> inside = OpenGroups.remove(this);
    List<Group> all = new ArrayList<>(inside);
    all.add(this);
    end(all);
    if (!inside.isEmpty()) {
      throw new IllegalStateException(
          "Group "
              + name
              + " was closed before "
              + inside
              + ", opened inside it. Close those first.");
    }
    if (!wasJoined) {
      IllegalStateException misuse =
          new IllegalStateException(
              "Group "
                  + name
                  + " was closed without join; members cancelled by that: "
                  + unfinished);
      members.failures().addSuppressedTo(misuse);
      throw misuse;
    }
  }

  /** Ends groups, whether or not their bodies can be waited for. */
  private static void end(List<Group> groups) {
    groups.forEach(group -> group.members.stopFromOwner());
    try {
      for (Group group : groups) {
        group.members.running().forEach(task -> Waits.awaitFirmly(task.terminated()));
      }
    } finally {
      groups.forEach(Group::closed);
    }
  }

  private void closed() {
    state = State.CLOSED;
    if (tether != null) {
      tether.cut(this);
    }
  }

  @Override
  public String toString() {
    return "TaskGroup["
        + name
        + " of "
        + submitter.home().name()
        + ", "
        + state.name().toLowerCase(Locale.ROOT)
        + ", "
        + policy.name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + ", "
        + members.total()
        + " members, "
        + members.unfinished()
        + " not done"
        + (deadline == null ? "" : ", deadline " + deadline)
        + "]";
  }
}
