/** The parts of the loop, each alone. */
@NullMarked
package dev.baton.async.loop;

import org.jspecify.annotations.NullMarked;
