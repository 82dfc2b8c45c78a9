/** Keeps the arrows between the packages of core. */
@NullMarked
package dev.baton.verification.architecture;

import org.jspecify.annotations.NullMarked;
