package dev.baton;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TaskGroup} asks for: an immutable value, each of whose methods returns a changed
 * copy.
 *
 * <pre>{@code
 * baton.group(GroupOptions.none().firstSuccess().deadline(Duration.ofSeconds(2)))
 * }</pre>
 *
 * @param policy when the group is over, and what it makes of failures
 * @param deadline how long the group may take from its opening, or null for no limit
 * @param name the group's name in messages, or null for one that is made
 */
public record GroupOptions(Policy policy, @Nullable Duration deadline, @Nullable String name) {

  private static final GroupOptions NONE = new GroupOptions(Policy.ALL_SUCCEED, null, null);

  /** When a group is over, and what it makes of failures. */
  public enum Policy {
    /** All members are to succeed: the first failure cancels the others, and join throws it. */
    ALL_SUCCEED,
    /** One is enough: the first success cancels the others; join throws if none succeeds. */
    FIRST_SUCCESS,
    /** Every member runs to its end, and the caller looks at their futures. */
    COLLECT_ALL
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the deadline is not positive or the name is blank
   */
  public GroupOptions {
    Objects.requireNonNull(policy, "policy");
    Durations.checkPositive("deadline", deadline);
    if (name != null && name.isBlank()) {
      throw new IllegalArgumentException("The name of a group must not be blank.");
    }
  }

  /**
   * Returns options of a group whose members are all to succeed, without a limit.
   *
   * @return the value to start from
   */
  public static GroupOptions none() {
    return NONE;
  }

  /**
   * Ends the group with its first success.
   *
   * @return a copy with the policy {@link Policy#FIRST_SUCCESS}
   */
  public GroupOptions firstSuccess() {
    return new GroupOptions(Policy.FIRST_SUCCESS, deadline, name);
  }

  /**
   * Lets every member run to its end.
   *
   * @return a copy with the policy {@link Policy#COLLECT_ALL}
   */
  public GroupOptions collectAll() {
    return new GroupOptions(Policy.COLLECT_ALL, deadline, name);
  }

  /**
   * Limits how long the group may take. The time counts from its opening and bounds the deadline of
   * every member; a member's own tighter one stays.
   *
   * @param deadline the limit; positive
   * @return a copy with this limit
   * @throws IllegalArgumentException if the limit is not positive
   */
  public GroupOptions deadline(Duration deadline) {
    return new GroupOptions(policy, Objects.requireNonNull(deadline, "deadline"), name);
  }

  /**
   * Names the group.
   *
   * @param name a name for messages; it need not be unique
   * @return a copy with this name
   * @throws IllegalArgumentException if the name is blank
   */
  public GroupOptions name(String name) {
    return new GroupOptions(policy, deadline, Objects.requireNonNull(name, "name"));
  }
}
