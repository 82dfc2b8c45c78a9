/**
 * Programs that are built apart from Baton, as a user's are: on class path and module path, and
 * README's.
 */
@NullMarked
package dev.baton.verification.apart;

import org.jspecify.annotations.NullMarked;
