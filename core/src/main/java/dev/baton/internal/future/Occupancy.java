package dev.baton.internal.future;

import org.jspecify.annotations.Nullable;

/** Holds the occupants of threads that have no field for them. */
final class Occupancy {

  static final ThreadLocal<@Nullable Occupant> OF_THREAD = new ThreadLocal<>();

  private Occupancy() {}
}
