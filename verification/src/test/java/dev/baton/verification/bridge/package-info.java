/** Libraries with event loops of their own, awaited from ours. */
@NullMarked
package dev.baton.verification.bridge;

import org.jspecify.annotations.NullMarked;
