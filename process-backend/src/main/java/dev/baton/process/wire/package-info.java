/**
 * Bytes to frames and messages and back, the same on both sides; runs no task, starts no process.
 */
@NullMarked
package dev.baton.process.wire;

import org.jspecify.annotations.NullMarked;
