/**
 * Groups of tasks: who opened them, what their members come to, and when they are over. They know
 * the executor as a {@link dev.baton.internal.group.Submitter} only.
 */
@NullMarked
package dev.baton.internal.group;

import org.jspecify.annotations.NullMarked;
