/** Tests the parts of the comparison, and the whole. */
@NullMarked
package dev.baton.examples.compare;

import org.jspecify.annotations.NullMarked;
