/** What the event loop promises beyond the contract. */
@NullMarked
package dev.baton.async;

import org.jspecify.annotations.NullMarked;
