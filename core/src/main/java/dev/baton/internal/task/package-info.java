/**
 * One task's life: its body's states, how it is stopped, what it carries and reports, and the
 * context that it sees. It knows its executor as a {@link dev.baton.internal.task.TaskOwner} only.
 */
@NullMarked
package dev.baton.internal.task;

import org.jspecify.annotations.NullMarked;
