/** Measurements of Baton beside the executors of the JDK, in one run and as ratios. */
@NullMarked
package dev.baton.benchmarks;

import org.jspecify.annotations.NullMarked;
