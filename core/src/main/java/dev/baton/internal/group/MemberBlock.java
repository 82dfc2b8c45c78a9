package dev.baton.internal.group;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Some members that were added one after the other, and how many of them are done. Once all are,
 * the block can be let go without a look at each: what another thread has just written is dear to
 * read.
 */
final class MemberBlock {

  static final int PLACES = 32;

  /** How many members were added before the first of these. */
  private final int before;

  /** Filled from the first on, and emptied where a member is over, by the owner of the group. */
  private final @Nullable Member[] members = new Member[PLACES];

  /** How many were added. Written by the owner after the place: who reads it sees the members. */
  private volatile int size;

  /** How many are done; counted by who hears of it. */
  private final AtomicInteger done = new AtomicInteger();

  /** Whether the body of one that is counted may still run; set before that is counted. */
  private volatile boolean hasLateBodies;

  /** Whether this was kept when others were let go; the owner's. */
  private boolean isLasting;

  /**
   * The block before, of those that are kept. The owner's: who reads an old link meets blocks that
   * are done, which does no harm.
   */
  @Nullable MemberBlock older;

  MemberBlock(int before, @Nullable MemberBlock older) {
    this.before = before;
    this.older = older;
  }

  boolean isFull() {
    return size == PLACES;
  }

  void add(Member member) {
    int place = size;
    members[place] = member;
    size = place + 1;
  }

  /** Returns how many members the group has, if this is its last block. */
  int total() {
    return before + size;
  }

  /** Says, before a member is counted, that its body may still run. */
  void expectLateBody() {
    hasLateBodies = true;
  }

  /** Counts a member that is done; tells whether all are that were added. */
  boolean count() {
    return done.incrementAndGet() == size;
  }

  boolean isDone() {
    return done.get() == size;
  }

  int unfinished() {
    int known = done.get();
    return size - known;
  }

  /** Visits the members that are kept, the last first. */
  void forEach(Consumer<Member> visitor) {
    for (int place = size - 1; place >= 0; place--) {
      Member member = members[place];
      if (member != null) {
        visitor.accept(member);
      }
    }
  }

  /**
   * Tells whether anything in here is still to be waited for. What is there for the second time
   * lets go of the members that are over: so one that lasts does not keep its neighbours.
   */
  boolean isNeeded() {
    boolean isDone = isDone();
    if (isDone && !hasLateBodies) {
      return false;
    }
    if (!isDone && !isLasting) {
      isLasting = true;
      return true;
    }
    boolean isAnyLeft = false;
    for (int place = 0; place < PLACES; place++) {
      Member member = members[place];
      if (member != null && member.isOver()) {
        members[place] = null;
      } else {
        isAnyLeft |= member != null;
      }
    }
    return isAnyLeft || !isDone; // one that is over may still be to be counted
  }
}
