/** The programs whose exit the contract watches, each run in a JVM of its own. */
@NullMarked
package dev.baton.testkit.exit;

import org.jspecify.annotations.NullMarked;
