package dev.baton.process.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.process.wire.Opcode;
import dev.baton.process.wire.Ready;
import org.junit.jupiter.api.Test;

/** How a worker begins. */
class HandshakeTest {

  @Test
  void theReadyEchoesTheParentsTimeAndNamesTheProcess() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      Ready ready = Ready.read(0, host.seen(Opcode.READY).getFirst().payload().duplicate());
      assertEquals(Launch.PARENT_TIME, ready.parentNanoTime());
      assertEquals(host.process().pid(), ready.pid());
      assertTrue(ready.javaVersion().startsWith("2"), ready.javaVersion());
      assertEquals(5, host.call(Tasks.sum(2, 3)));
    }
  }
}
