/**
 * Serializable handles through which a task and its test talk, wherever the task runs: small
 * requests to a server in the test's JVM, each acknowledged before the call returns.
 */
@NullMarked
package dev.baton.testkit.signal;

import org.jspecify.annotations.NullMarked;
