/** What a caller types to run tasks in worker JVMs: {@code ProcessOptions}. */
@NullMarked
package dev.baton.process;

import org.jspecify.annotations.NullMarked;
