package dev.baton;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What {@link TaskFutures#waitFor} found, as {@code concurrent.futures.wait} returns it.
 *
 * @param done the futures that were done when the wait ended, in the order in which they were given
 * @param notDone the others, in the same order
 */
public record Settled(Set<TaskFuture<?>> done, Set<TaskFuture<?>> notDone) {

  /** Makes a result of copies that cannot be changed and keep the order. */
  public Settled {
    done = Collections.unmodifiableSet(new LinkedHashSet<>(done));
    notDone = Collections.unmodifiableSet(new LinkedHashSet<>(notDone));
  }
}
