/** Whole programs on worker JVMs, on threads and on Python's process pool, side by side. */
@NullMarked
package dev.baton.benchmarks.workers;

import org.jspecify.annotations.NullMarked;
