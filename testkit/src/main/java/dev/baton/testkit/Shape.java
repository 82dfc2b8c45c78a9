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
import org.jspecify.annotations.Nullable;

/**
 * What a test needs of an executor: an immutable value, each of whose methods returns a changed
 * copy.
 *
 * @param slots how many bodies run at once, no more and no less, beside the thread that submits
 *     them; 0 if the test does not care, so that bodies may even run on that thread
 * @param queue how many tasks may wait beyond those that run, or null for no bound
 * @param overflow what a submit does when that many wait
 * @param lend how many slots may be lent at once, or null for the backend's default
 * @param timeout the timeout of tasks that have none of their own, or null
 * @param resources what each worker makes once, by type
 * @param listeners who hears of events
 */
public record Shape(
    int slots,
    @Nullable Integer queue,
    Overflow overflow,
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
    return new Shape(0, null, Overflow.BLOCK, null, null, Map.of(), List.of());
  }

  /**
   * Returns the shape of a test that needs so many bodies to run at once.
   *
   * @param slots how many
   * @return a shape with so many slots
   */
  public static Shape slots(int slots) {
    Shape any = any();
    return new Shape(
        slots, any.queue, any.overflow, any.lend, any.timeout, any.resources, any.listeners);
  }

  /**
   * Bounds how many tasks may wait.
   *
   * @param places how many
   * @param whenFull what a submit does when that many wait
   * @return a copy with this bound
   */
  public Shape queue(int places, Overflow whenFull) {
    return new Shape(slots, places, whenFull, lend, timeout, resources, listeners);
  }

  /**
   * Bounds how many slots may be lent.
   *
   * @param bound how many; 0 for none
   * @return a copy with this bound
   */
  public Shape lend(int bound) {
    return new Shape(slots, queue, overflow, bound, timeout, resources, listeners);
  }

  /**
   * Gives tasks a timeout.
   *
   * @param limit the timeout of tasks that have none of their own
   * @return a copy with this timeout
   */
  public Shape timeout(Duration limit) {
    return new Shape(slots, queue, overflow, lend, limit, resources, listeners);
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
    return new Shape(slots, queue, overflow, lend, timeout, more, listeners);
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
    return new Shape(slots, queue, overflow, lend, timeout, resources, more);
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
    return equals(slots(slots));
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
            timeout, base.limit(), lend == null ? base.lend() : lend, resources, listeners));
  }
}
