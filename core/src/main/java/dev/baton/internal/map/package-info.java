/** One map: inputs read within a window, submitted alone or in chunks, and handed out. */
@NullMarked
package dev.baton.internal.map;

import org.jspecify.annotations.NullMarked;
