/** Reads the settings of a named executor, and says precisely what is wrong with them. */
@NullMarked
package dev.baton.internal.config;

import org.jspecify.annotations.NullMarked;
