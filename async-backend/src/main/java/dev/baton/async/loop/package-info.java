/** The event loop: whoever holds a loop's baton drains its ready queue, one task at a time. */
@NullMarked
package dev.baton.async.loop;

import org.jspecify.annotations.NullMarked;
