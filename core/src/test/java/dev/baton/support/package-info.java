/** What the tests of core share. */
@NullMarked
package dev.baton.support;

import org.jspecify.annotations.NullMarked;
