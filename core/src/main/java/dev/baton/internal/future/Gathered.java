package dev.baton.internal.future;

import dev.baton.CancelMode;
import dev.baton.TaskFuture;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One future of many: it has their results once all have one, and ends with the first that has
 * none.
 *
 * @param <T> the type of the results
 */
public final class Gathered<T extends @Nullable Object> extends BodilessFuture<List<T>> {

  private final List<BatonFuture<? extends T>> members;

  /** The members as they were given: of a foreign one ours only hears the end. */
  private final List<TaskFuture<? extends T>> given;

  /** How many members are to be heard of; counted down by those who complete them. */
  private final AtomicInteger open;

  private Gathered(List<BatonFuture<? extends T>> members, List<TaskFuture<? extends T>> given) {
    super("gathering of", members.getFirst());
    this.members = members;
    this.given = given;
    this.open = new AtomicInteger(members.size());
  }

  /** Gathers futures, of which one may occur more than once. */
  public static <T extends @Nullable Object> TaskFuture<List<T>> of(
      Collection<? extends TaskFuture<? extends T>> futures) {
    List<BatonFuture<? extends T>> members = new ArrayList<>(futures.size());
    for (TaskFuture<? extends T> future : futures) {
      members.add(Dependent.adopt(future));
    }
    if (members.isEmpty()) {
      BodilessFuture<List<T>> empty = new BodilessFuture<>();
      empty.settleAndDrain(List.of());
      return empty;
    }
    Gathered<T> all = new Gathered<>(members, List.copyOf(futures));
    for (BatonFuture<? extends T> member : members) {
      member.pushAndDrain(new Link(all, member));
    }
    return all;
  }

  /** The entry of the whole in the queue of a member. */
  private static final class Link extends Callback {
    private final Gathered<?> whole;
    private final BatonFuture<?> member;

    Link(Gathered<?> whole, BatonFuture<?> member) {
      this.whole = whole;
      this.member = member;
    }

    @Override
    @Nullable BatonFuture<?> fire() {
      return whole.settleAfter(member) ? whole : null;
    }

    @Override
    boolean isDead() {
      return whole.isDone();
    }
  }

  private boolean settleAfter(BatonFuture<?> member) {
    Object end = member.end();
    if (end == null || isDone()) {
      return false;
    }
    if (!End.isValue(end)) {
      return settle(end) && letGo();
    }
    return open.decrementAndGet() == 0 && settle(results());
  }

  @SuppressWarnings("unchecked") // only results of the members' type are settled
  private List<T> results() {
    List<T> results = new ArrayList<>(members.size());
    for (BatonFuture<? extends T> member : members) {
      results.add((T) member.resultNow());
    }
    return Collections.unmodifiableList(results);
  }

  /** Takes the dead entries out of the lists of members that may go on for long. */
  private boolean letGo() {
    members.forEach(BatonFuture::unlink);
    return true;
  }

  /** Cancels this and, if that ends it, the members; if it is to be pending, those that are. */
  @Override
  public boolean cancel(CancelMode mode) {
    if (isDone()) {
      return isCancelled();
    }
    if (mode == CancelMode.IF_PENDING && !cancelPending()) {
      return isCancelled();
    }
    boolean cancelled = super.cancel(mode);
    if (cancelled) {
      given.reversed().forEach(member -> member.cancel(mode));
    }
    return cancelled;
  }

  /** Cancels the members that have not begun; tells whether there was one. */
  private boolean cancelPending() {
    boolean any = false;
    for (TaskFuture<?> member : given.reversed()) {
      any |= member.cancel(CancelMode.IF_PENDING);
    }
    return any;
  }

  /** Needs one member, which may end this by its failure. */
  @Override
  public Needs needs() {
    return Needs.anyOpen(members);
  }

  @Override
  public boolean mayEndInSeveralWays() {
    return true;
  }

  @Override
  public boolean involves(Home other) {
    return Awaited.anyInvolves(members, other);
  }
}
