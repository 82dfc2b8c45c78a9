/** A file of keys and values that outlives the program, and what a crash has left of it. */
@NullMarked
package dev.baton.internal.journal;

import org.jspecify.annotations.NullMarked;
