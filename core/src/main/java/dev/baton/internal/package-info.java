/** The one door from the static methods of {@code dev.baton} into Baton's own packages. */
@NullMarked
package dev.baton.internal;

import org.jspecify.annotations.NullMarked;
