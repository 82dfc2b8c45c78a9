package dev.baton.spi;

/**
 * The place that a body takes at its backend. A body that waits for another task of its executor
 * lends it meanwhile, so that the other can run.
 *
 * <p>Bodies in this JVM do so by themselves. A backend that runs bodies elsewhere hands a slot to
 * {@link WorkerScope#call(dev.baton.TaskContext, Slot, java.util.concurrent.Callable)}: the {@link
 * TaskRun} itself where that can be reached, else one that passes both calls on to it.
 */
public interface Slot {

  /**
   * Lends the slot. What it says is decided when it returns; it may take as long as a message takes
   * to the executor and back.
   *
   * @param awaited the id of the task that is waited for, in the executor that the body's {@link
   *     dev.baton.TaskContext#baton()} is, or 0 if it is not one task of that
   * @param description names what is waited for, for messages
   * @return whether the slot was lent, and has to be {@linkplain #resume() taken back}; false if it
   *     is lent already, if this executor has no slots, or if the run is over
   * @throws dev.baton.TaskRejectedException if no more slots may be lent; the message names who
   *     waits for whom
   */
  boolean lend(long awaited, String description);

  /**
   * Takes the slot back, at once: the executor is over by one until one of its tasks is over. A
   * slot that was not lent is left alone.
   */
  void resume();
}
