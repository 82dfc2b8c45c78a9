/** What is due at a time. */
@NullMarked
package dev.baton.internal.timer;

import org.jspecify.annotations.NullMarked;
