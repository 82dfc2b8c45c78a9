/** What Micrometer's context-propagation knows of a thread travels with tasks. */
@NullMarked
package dev.baton.verification.context;

import org.jspecify.annotations.NullMarked;
