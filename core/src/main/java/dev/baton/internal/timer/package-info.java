/** What is due at a time, and the one thread that waits for it. */
@NullMarked
package dev.baton.internal.timer;

import org.jspecify.annotations.NullMarked;
