/** Whole-program comparisons of the event loop with Netty's, virtual threads and asyncio. */
@NullMarked
package dev.baton.benchmarks.loop;

import org.jspecify.annotations.NullMarked;
