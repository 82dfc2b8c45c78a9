package dev.baton.process.worker;

import dev.baton.process.wire.Hello;
import java.nio.ByteBuffer;

/** What the reader leaves to the thread that runs tasks, in the order in which it came. */
sealed interface Work
    permits Assignment, Work.Greeting, Work.Resources, Work.Refusal, Work.Farewell {

  /** The first of all: who the parent is, and what it wants. */
  record Greeting(Hello hello) implements Work {}

  /** The encoded factories of resources. */
  record Resources(ByteBuffer encoded) implements Work {}

  /** A payload that is too large for this JVM. */
  record Refusal(long id, Exception reason) implements Work {}

  /** The last of all: nothing follows. */
  record Farewell() implements Work {}
}
