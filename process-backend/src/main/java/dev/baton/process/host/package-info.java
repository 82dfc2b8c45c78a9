/** The parent's side: launches workers, assigns tasks to them, and sees to their end. */
@NullMarked
package dev.baton.process.host;

import org.jspecify.annotations.NullMarked;
