package dev.baton.internal.task;

import java.io.Serial;
import java.util.concurrent.CancellationException;

/**
 * What a stage ends with that is cancelled because its task is. It has no stack trace, which would
 * show the thread that was asked to cancel it and not who asked.
 */
final class StageCancelled extends CancellationException {

  @Serial private static final long serialVersionUID = 1L;

  StageCancelled() {
    super("The task that waited for this stage was cancelled, or its time was up.");
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
