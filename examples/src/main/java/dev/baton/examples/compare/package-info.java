/** The same work on every backend that is found, measured and explained in one table. */
@NullMarked
package dev.baton.examples.compare;

import org.jspecify.annotations.NullMarked;
