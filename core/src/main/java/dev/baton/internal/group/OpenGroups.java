package dev.baton.internal.group;

import dev.baton.internal.future.Occupant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The groups that each thread has open, from the innermost outwards. */
final class OpenGroups {

  private static final ThreadLocal<@Nullable Group> INNERMOST = new ThreadLocal<>();

  private OpenGroups() {}

  /** Returns the innermost group of this thread, or null; those that a task left open are gone. */
  static @Nullable Group innermost() {
    Group group = INNERMOST.get();
    while (group != null && group.isLeftBehind()) {
      group = group.previous();
    }
    return group;
  }

  /** Returns the group inside which another would be opened now, or null. */
  static @Nullable Group enclosing() {
    Group group = innermost();
    return group != null && group.occupant() == Occupant.current() ? group : null;
  }

  /** Lets go of what a task left open that has ended on this thread. */
  static void forgetLeftBehind() {
    setInnermost(innermost());
  }

  private static void setInnermost(@Nullable Group group) {
    if (group == null) {
      INNERMOST.remove();
    } else {
      INNERMOST.set(group);
    }
  }

  static void add(Group group) {
    INNERMOST.set(group);
  }

  /**
   * Takes a group out, and with it those that were opened inside it, which are returned but for
   * those that a task left open.
   */
  static List<Group> remove(Group group) {
    List<Group> inside = new ArrayList<>();
    Group next = INNERMOST.get();
    while (next != null && next != group) {
      if (!next.isLeftBehind()) {
        inside.add(next);
      }
      next = next.previous();
    }
    if (next == null) {
      return List.of();
    }
    setInnermost(group.previous());
    return inside;
  }
}
