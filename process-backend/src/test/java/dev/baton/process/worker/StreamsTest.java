package dev.baton.process.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.process.wire.Opcode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users print and read harms nothing, and the parent's end is the worker's. */
class StreamsTest {

  static Launch[] bothWays() {
    return HandshakeTest.bothWays();
  }

  @ParameterizedTest
  @MethodSource("bothWays")
  void whatIsPrintedInAnyWayLeavesTheFramesAlone(Launch launch) throws Exception {
    try (TinyHost host = TinyHost.ready(launch)) {
      assertEquals(-1, host.call(PrintTasks.print()));
      for (String way : new String[] {"System.out", "System.err", "descriptor 1", "a child"}) {
        host.awaitOutput("by " + way + "\n");
      }
      assertEquals(3, host.call(Tasks.sum(1, 2)));
      assertEquals(2, host.seen(Opcode.RESULT).size());
    }
  }

  @ParameterizedTest
  @MethodSource("bothWays")
  void whatIsPrintedIsOutBeforeTheResult(Launch launch) throws Exception {
    try (TinyHost host = TinyHost.ready(launch)) {
      for (int i = 0; i < 20; i++) {
        int number = i;
        host.call(PrintTasks.printWithoutLine("part " + number + ";"));
        host.awaitOutput("part " + number + ";");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("bothWays")
  void aBodyThatSpinsEndsWithTheParent(Launch launch) throws Exception {
    try (TinyHost host = TinyHost.ready(launch)) {
      host.awaitProgress(host.send(StopTasks.spin()));
      assertEquals(0, host.endInput());
    }
  }

  @Test
  void aBodyThatIgnoresInterruptsEndsWithTheParent() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      long id = host.send(StopTasks.deaf());
      host.awaitProgress(id);
      host.cancel(id);
      host.awaitSeen(frame -> frame.opcode() == Opcode.PROGRESS && frame.payload().getLong(0) == 2);
      assertEquals(0, host.endInput());
    }
  }

  @Test
  void threadsAndHooksOfUsersDoNotHoldTheWorker() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      host.call(PrintTasks.leaveThreadsAndHooks());
      assertEquals(0, host.endInput());
    }
  }

  @ParameterizedTest
  @MethodSource("bothWays")
  void signalsOfATerminalAreIgnored(Launch launch) throws Exception {
    Launch deaf =
        launch.shell().isEmpty()
            ? launch
            : launch.withShell("trap '' INT TERM HUP; " + launch.shell());
    try (TinyHost host = TinyHost.ready(deaf)) {
      assertTrue(host.process().supportsNormalTermination());
      host.process().destroy();
      assertEquals(3, host.call(Tasks.sum(1, 2)));
    }
  }
}
