/** What an executor tells of its life: immutable event records and their listener. */
@NullMarked
package dev.baton.event;

import org.jspecify.annotations.NullMarked;
