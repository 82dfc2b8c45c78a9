/** Worker JVMs against the contract, and against everything that can happen to a process. */
@NullMarked
package dev.baton.verification.process;

import org.jspecify.annotations.NullMarked;
