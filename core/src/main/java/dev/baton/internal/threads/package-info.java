/** The built-in backend {@code threads}: a fixed number of platform threads and one queue. */
@NullMarked
package dev.baton.internal.threads;

import org.jspecify.annotations.NullMarked;
