package dev.baton.process.host;

import dev.baton.process.codec.Encoded;
import dev.baton.spi.TaskRun;
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
  private final int attempt;
  private final int attemptsBefore;

  /**
   * Written under the lock of {@link Placement}, so that it is sent or withdrawn and never both;
   * read by anybody who looks whether a body has begun. An assignment stays here when it is over or
   * lost, for its body has begun; the next run of the task, if there is one, brings it back.
   */
  private volatile Place place = Rest.HERE;

  /**
   * Makes one that is here.
   *
   * @param attempt for which run of the task it is prepared; one more, if that is lost, sends it
   *     too
   * @param attemptsBefore how many attempts were made by the worker that has submitted the task
   */
  Shipment(Encoded encoded, int attempt, int attemptsBefore) {
    this.encoded = encoded;
    this.attempt = attempt;
    this.attemptsBefore = attemptsBefore;
  }

  /** Returns what was attached to a run, or null if its body is no longer needed. */
  static @Nullable Shipment of(TaskRun run) {
    return (Shipment) run.attachment();
  }

  Encoded encoded() {
    return encoded;
  }

  /** Tells whether a run is over, and this is sent for a later attempt at its task. */
  boolean isAfter(TaskRun run) {
    return run.attempt() < attempt;
  }

  /** Returns which attempt a run is for the worker that gets it: its submitter's count goes on. */
  int attemptOf(TaskRun run) {
    return attemptsBefore + run.attempt();
  }

  int attemptsBefore() {
    return attemptsBefore;
  }

  Place place() {
    return place;
  }

  void moveTo(Place next) {
    place = next;
  }
}
