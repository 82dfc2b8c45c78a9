/** Tasks, values and exceptions to bytes and back, the same on both sides. */
@NullMarked
package dev.baton.process.codec;

import org.jspecify.annotations.NullMarked;
