package dev.baton.event;

/**
 * Hears of an executor's events.
 *
 * <p>Events of one task come in order; those of different tasks come from different threads at
 * once, so a listener has to be safe for use by many threads. It is called on threads that have
 * better things to do, so it should be quick. What it throws is logged.
 */
@FunctionalInterface
public interface BatonListener {

  /**
   * Is told of an event.
   *
   * @param event the event
   */
  void on(BatonEvent event);
}
