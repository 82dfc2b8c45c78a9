/** What travels with a task from thread to thread because Micrometer's library knows of it. */
@NullMarked
package dev.baton.internal.context;

import org.jspecify.annotations.NullMarked;
