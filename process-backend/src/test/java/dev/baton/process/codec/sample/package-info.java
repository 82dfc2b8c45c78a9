/** An application's classes: what the codec's tests encode, and load again in a loader apart. */
@NullMarked
package dev.baton.process.codec.sample;

import org.jspecify.annotations.NullMarked;
