/** What a caller types to choose the event loop: {@link dev.baton.async.AsyncOptions}. */
@NullMarked
package dev.baton.async;

import org.jspecify.annotations.NullMarked;
