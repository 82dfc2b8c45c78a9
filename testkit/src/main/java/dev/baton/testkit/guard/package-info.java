/**
 * JUnit extensions for tests of concurrent code: {@link dev.baton.testkit.guard.Watchdog} ends a
 * test that hangs and says where, {@link dev.baton.testkit.guard.NoLeftovers} fails one that leaves
 * a thread or a process behind.
 */
@NullMarked
package dev.baton.testkit.guard;

import org.jspecify.annotations.NullMarked;
