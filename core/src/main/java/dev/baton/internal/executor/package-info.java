/**
 * One executor's life: what it admits, holds back, lends and counts, when it ends, and the adapter
 * between it and a backend that is plugged in.
 */
@NullMarked
package dev.baton.internal.executor;

import org.jspecify.annotations.NullMarked;
