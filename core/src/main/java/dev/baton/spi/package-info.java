/**
 * What the author of a backend implements or receives: {@link dev.baton.spi.TaskRun} goes down,
 * {@link dev.baton.spi.Outcome} comes back, and core alone decides the future.
 */
@NullMarked
package dev.baton.spi;

import org.jspecify.annotations.NullMarked;
