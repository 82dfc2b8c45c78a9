/**
 * A backend that encodes every task and outcome and runs bodies in workers of its own, all within
 * this JVM, and that misbehaves on command: it keeps the contract with backends honest.
 */
@NullMarked
package dev.baton.verification.loopback;

import org.jspecify.annotations.NullMarked;
