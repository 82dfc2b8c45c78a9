/** Whole-program comparisons of what handles many tasks at once with submitting each of them. */
@NullMarked
package dev.baton.benchmarks.bulk;

import org.jspecify.annotations.NullMarked;
