/** Values as bytes, by a codec that is found or by JDK serialization. */
@NullMarked
package dev.baton.internal.encoding;

import org.jspecify.annotations.NullMarked;
