package dev.baton.verification.loopback;

import java.util.concurrent.atomic.AtomicReference;

/**
 * An encoded task, and where it is. It is attached to the task from the beginning, so that a cancel
 * finds it also while it is on its way to a worker or back.
 *
 * <pre>
 *   HERE ◀──────▶ an assignment, at its worker
 *     │                 │
 *     └────withdraw─────┴──▶ WITHDRAWN
 * </pre>
 */
final class Parcel {

  /** Where a parcel is. */
  sealed interface Place permits Rest, Assignment {}

  /** Where a parcel is that is at no worker. */
  enum Rest implements Place {
    HERE,
    WITHDRAWN
  }

  private final byte[] bytes;
  private final AtomicReference<Place> place = new AtomicReference<>(Rest.HERE);

  Parcel(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  Place place() {
    return place.get();
  }

  /** Changes the place if it is the expected one; returns whether it was. */
  boolean move(Place from, Place to) {
    return place.compareAndSet(from, to);
  }
}
