package dev.baton.internal.future;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Holds the occupants of threads that have no field for them. */
final class Occupancy {

  static final ThreadLocal<@Nullable Occupant> OF_THREAD = new ThreadLocal<>();

  /** Entered before the thread starts, removed by the thread at its end. */
  static final Map<Thread, Occupant> OF_VIRTUAL_THREADS = new ConcurrentHashMap<>();

  private Occupancy() {}
}
