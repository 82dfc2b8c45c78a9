/** Small programs that show Baton at work, each of which checks its own result. */
@NullMarked
package dev.baton.examples;

import org.jspecify.annotations.NullMarked;
