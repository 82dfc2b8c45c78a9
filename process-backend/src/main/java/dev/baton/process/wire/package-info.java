/** Bytes to frames and back, the same on both sides; knows neither tasks nor processes. */
@NullMarked
package dev.baton.process.wire;

import org.jspecify.annotations.NullMarked;
