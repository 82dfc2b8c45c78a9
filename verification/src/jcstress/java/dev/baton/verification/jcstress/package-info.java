/** Interleavings of two threads that jcstress tries out, and the outcomes that are allowed. */
@NullMarked
package dev.baton.verification.jcstress;

import org.jspecify.annotations.NullMarked;
