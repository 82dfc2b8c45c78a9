/** The smallest backend there is: a first example for those who write one. */
@NullMarked
package dev.baton.verification.inline;

import org.jspecify.annotations.NullMarked;
