package dev.baton.process.worker;

import dev.baton.process.wire.Hello;
import dev.baton.process.wire.Region;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What the reader leaves to the thread that runs tasks, in the order in which it came. */
sealed interface Work
    permits Assignment, Work.Greeting, Work.Resources, Work.Refusal, Work.Farewell {

  /** The first of all: who the parent is, what it wants, and the region if that could be opened. */
  record Greeting(Hello hello, @Nullable Region region) implements Work {}

  /** The encoded factories of resources. */
  record Resources(ByteBuffer encoded) implements Work {}

  /** A payload that is too large for this JVM. */
  record Refusal(long id, Exception reason) implements Work {}

  /** The last of all: nothing follows. */
  record Farewell() implements Work {}
}
