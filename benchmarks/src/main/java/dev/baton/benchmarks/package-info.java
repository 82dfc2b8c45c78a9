/** Measures Baton beside the executors of the JDK, and writes the table of results. */
@NullMarked
package dev.baton.benchmarks;

import org.jspecify.annotations.NullMarked;
