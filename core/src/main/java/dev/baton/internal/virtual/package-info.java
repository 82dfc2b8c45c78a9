/** The built-in backend {@code virtual}: a virtual thread for each task. */
@NullMarked
package dev.baton.internal.virtual;

import org.jspecify.annotations.NullMarked;
