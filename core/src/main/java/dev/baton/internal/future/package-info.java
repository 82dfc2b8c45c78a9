/**
 * One future's end: how it is decided once, who is woken and called back, and the futures that
 * depend on it. Nothing here knows of bodies or executors.
 */
@NullMarked
package dev.baton.internal.future;

import org.jspecify.annotations.NullMarked;
