/**
 * The contract: one interface for each promise or group of promises, with the tests as default
 * methods, and {@link dev.baton.testkit.contract.BackendContract}, which is all of them.
 */
@NullMarked
package dev.baton.testkit.contract;

import org.jspecify.annotations.NullMarked;
