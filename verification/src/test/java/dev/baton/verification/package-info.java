/** The contract on each backend that comes with core. */
@NullMarked
package dev.baton.verification;

import org.jspecify.annotations.NullMarked;
