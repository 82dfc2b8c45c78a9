/**
 * What the author of a backend implements to run the contract on it, and what the contract's tests
 * are given: {@link dev.baton.testkit.BackendHarness} opens executors, {@link
 * dev.baton.testkit.Fixture} hands them to a test and clears up after it.
 */
@NullMarked
package dev.baton.testkit;

import org.jspecify.annotations.NullMarked;
