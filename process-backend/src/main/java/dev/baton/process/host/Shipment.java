package dev.baton.process.host;

import dev.baton.process.codec.Encoded;
import dev.baton.spi.TaskRun;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A task's encoded form on its way through this backend, and where it is. */
final class Shipment {

  /** Where a shipment is. */
  sealed interface Place permits Rest, Assignment {}

  /** Where a shipment is that is at no worker. */
  enum Rest implements Place {
    /** With the parent; it may still be sent, or sent again. */
    HERE,
    /** Nowhere: it will never be sent. */
    WITHDRAWN
  }

  private final Encoded encoded;

  /** Changed by compare-and-set only, so that it is sent or withdrawn and never both. */
  private final AtomicReference<Place> place = new AtomicReference<>(Rest.HERE);

  Shipment(Encoded encoded) {
    this.encoded = encoded;
  }

  /** Returns what was attached to a run, or null if its body is no longer needed. */
  static @Nullable Shipment of(TaskRun run) {
    return (Shipment) run.attachment();
  }

  Encoded encoded() {
    return encoded;
  }

  Place place() {
    return place.get();
  }

  /** Changes the place if it is the expected one; returns whether it was. */
  boolean move(Place from, Place to) {
    return place.compareAndSet(from, to);
  }
}
