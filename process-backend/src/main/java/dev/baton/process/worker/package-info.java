/** The child's side: what the {@code main} of a worker JVM runs. */
@NullMarked
package dev.baton.process.worker;

import org.jspecify.annotations.NullMarked;
