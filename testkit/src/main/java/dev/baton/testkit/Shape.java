package dev.baton.testkit;

import dev.baton.BackendOptions;
import dev.baton.CommonOptions;
import dev.baton.Overflow;
import dev.baton.Task;
import dev.baton.event.BatonListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What a test needs of an executor: an immutable value, each of whose methods returns a changed
 * copy.
 *
 * @param slots how many bodies run at once, beside the thread that submits them; 0 if the test does
 *     not care, so that bodies may even run on that thread
 * @param isExact whether no more than so many run at once
 * @param queue how many tasks may wait beyond those that run, or null for no bound
 * @param overflow what a submit does when that many wait
 * @param limit how many tasks may be begun and not over at once, open stages included, or null for
 *     the number of slots
 * @param lend how many slots may be lent at once, or null for the backend's default
 * @param timeout the timeout of tasks that have none of their own, or null
 * @param resources what each worker makes once, by type
 * @param listeners who hears of events
 */
public record Shape(
    int slots,
    boolean isExact,
    @Nullable Integer queue,
    Overflow overflow,
    @Nullable Integer limit,
    @Nullable Integer lend,
    @Nullable Duration timeout,
    Map<Class<?>, Task<?>> resources,
    List<BatonListener> listeners) {

  /** Copies the collections. */
  public Shape {
    resources = Map.copyOf(resources);
    listeners = List.copyOf(listeners);
  }

  /**
   * Returns the shape of a test that needs no more than an executor.
   *
   * @return a shape that any executor has
   */
  public static Shape any() {
    return new Shape(0, false, null, Overflow.BLOCK, null, null, null, Map.of(), List.of());
  }

  /**
   * Returns the shape of a test that needs so many bodies to run at once, or more.
   *
   * @param slots how many
   * @return a shape with at least so many slots
   */
  public static Shape atLeast(int slots) {
    return new Shape(slots, false, null, Overflow.BLOCK, null, null, null, Map.of(), List.of());
  }

  /**
   * Returns the shape of a test that needs so many bodies to run at once, no more and no less.
   *
   * @param slots how many
   * @return a shape with exactly so many slots
   */
  public static Shape slots(int slots) {
    return new Shape(slots, true, null, Overflow.BLOCK, null, null, null, Map.of(), List.of());
  }

  /**
   * Bounds how many tasks may wait.
   *
   * @param places how many
   * @param whenFull what a submit does when that many wait
   * @return a copy with this bound
   */
  public Shape queue(int places, Overflow whenFull) {
    return new Shape(slots, isExact, places, whenFull, limit, lend, timeout, resources, listeners);
  }

  /**
   * Limits how many tasks may be begun and not over, open stages included.
   *
   * @param tasks how many
   * @return a copy with this limit
   */
  public Shape limit(int tasks) {
    return new Shape(slots, isExact, queue, overflow, tasks, lend, timeout, resources, listeners);
  }

  /**
   * Bounds how many slots may be lent.
   *
   * @param bound how many; 0 for none
   * @return a copy with this bound
   */
  public Shape lend(int bound) {
    return new Shape(slots, isExact, queue, overflow, limit, bound, timeout, resources, listeners);
  }

  /**
   * Gives tasks a timeout.
   *
   * @param longest the timeout of tasks that have none of their own
   * @return a copy with this timeout
   */
  public Shape timeout(Duration longest) {
    return new Shape(slots, isExact, queue, overflow, limit, lend, longest, resources, listeners);
  }

  /**
   * Adds something that each worker makes once.
   *
   * @param type what tasks ask for
   * @param factory makes it
   * @param <R> the type
   * @return a copy with this resource
   */
  public <R> Shape resource(Class<R> type, Task<? extends R> factory) {
    Map<Class<?>, Task<?>> more = new HashMap<>(resources);
    more.put(type, factory);
    return new Shape(slots, isExact, queue, overflow, limit, lend, timeout, more, listeners);
  }

  /**
   * Adds a listener.
   *
   * @param listener hears of events
   * @return a copy with this listener
   */
  public Shape listener(BatonListener listener) {
    List<BatonListener> more = new ArrayList<>(listeners);
    more.add(listener);
    return new Shape(slots, isExact, queue, overflow, limit, lend, timeout, resources, more);
  }

  /**
   * Returns the number of slots.
   *
   * @param otherwise what to return if the test does not care
   * @return how many bodies run at once
   */
  public int slotsOr(int otherwise) {
    return slots == 0 ? otherwise : slots;
  }

  /**
   * Tells whether the test needs a number of slots at most: an executor without any options has
   * this shape.
   *
   * @return whether nothing but the slots is asked for
   */
  public boolean isPlain() {
    return equals(isExact ? slots(slots) : atLeast(slots));
  }

  /**
   * Puts everything but slots and queue into options.
   *
   * @param options a backend's options
   * @param <S> their type
   * @return options of this shape
   */
  public <S extends BackendOptions.Fluent<S>> S applyTo(S options) {
    CommonOptions base = options.common();
    return options.with(
        new CommonOptions(
            timeout,
            limit == null ? base.limit() : limit,
            lend == null ? base.lend() : lend,
            base.isPortable(),
            resources,
            listeners));
  }

  /** Says what is asked for, and nothing of the rest. */
  @Override
  public String toString() {
    StringJoiner asked = new StringJoiner(", ", "Shape[", "]");
    asked.add(slots == 0 ? "any" : (isExact ? "slots " : "at least ") + slots);
    if (queue != null) {
      asked.add("queue " + queue + " " + overflow);
    }
    addIfSet(asked, "limit", limit);
    addIfSet(asked, "lend", lend);
    addIfSet(asked, "timeout", timeout);
    addIfSet(asked, "resources", resources.isEmpty() ? null : resources.size());
    addIfSet(asked, "listeners", listeners.isEmpty() ? null : listeners.size());
    return asked.toString();
  }

  private static void addIfSet(StringJoiner asked, String what, @Nullable Object value) {
    if (value != null) {
      asked.add(what + " " + value);
    }
  }
}
