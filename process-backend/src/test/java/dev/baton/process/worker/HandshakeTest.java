package dev.baton.process.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.process.wire.Damaged;
import dev.baton.process.wire.Frame;
import dev.baton.process.wire.Opcode;
import dev.baton.process.wire.Ready;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a worker begins, and what it does where it cannot. */
class HandshakeTest {

  static Launch[] bothWays() {
    return new Launch[] {Launch.pipes(), Launch.streams()};
  }

  @ParameterizedTest
  @MethodSource("bothWays")
  void theReadyEchoesTheParentsTimeAndNamesTheProcess(Launch launch) throws Exception {
    try (TinyHost host = TinyHost.ready(launch)) {
      Ready ready = Ready.read(0, host.seen(Opcode.READY).getFirst().payload().duplicate());
      assertEquals(Launch.PARENT_TIME, ready.parentNanoTime());
      assertEquals(host.process().pid(), ready.pid());
      assertTrue(ready.javaVersion().startsWith("2"), ready.javaVersion());
      assertEquals(5, host.call(Tasks.sum(2, 3)));
    }
  }

  @ParameterizedTest
  @MethodSource("bothWays")
  void theEndOfTheInputEndsAnIdleWorkerWithZero(Launch launch) throws Exception {
    try (TinyHost host = TinyHost.ready(launch)) {
      assertEquals(0, host.endInput());
      assertEquals("", host.output());
    }
  }

  @Test
  void theEndOfTheInputBeforeTheHelloEndsTheWorkerWithZero() throws Exception {
    try (TinyHost host = new TinyHost(Launch.pipes())) {
      assertEquals(0, host.endInput());
    }
  }

  @Test
  void anUnknownArgumentEndsTheWorkerWith64AndSaysWhy() throws Exception {
    try (TinyHost host = new TinyHost(Launch.pipes().withArguments("tubes"))) {
      assertEquals(64, host.awaitExit(20));
      assertEquals(
          "Baton worker: Main takes one argument, pipes or streams. It is started by a Baton"
              + " executor.\n",
          host.output());
    }
  }

  @Test
  void aFileInThePlaceOfThePipeIsLeftAsItIs(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("precious"), "precious");
    String script = "exec \"$@\" 3>>" + file + " 4<&0 0</dev/null 1>&2";
    try (TinyHost host = new TinyHost(Launch.pipes().withShell(script))) {
      assertEquals(64, host.awaitExit(20));
      assertTrue(host.output().contains("/dev/fd/3 is not the pipe"), host.output());
      assertEquals("precious", Files.readString(file));
    }
  }

  @Test
  void aMissingClaimPageEndsTheWorkerWith64(@TempDir Path folder) throws Exception {
    Launch launch = Launch.pipes().withPage(folder.resolve("missing"));
    try (TinyHost host = new TinyHost(launch)) {
      host.offer(launch.hello().frame(0));
      assertEquals(64, host.awaitExit(20));
      assertTrue(host.output().contains("missing"), host.output());
    }
  }

  @Test
  void anotherVersionEndsTheWorkerWith66AndNamesBoth() throws Exception {
    try (TinyHost host = new TinyHost(Launch.pipes())) {
      ByteBuffer hello = ByteBuffer.allocate(Integer.BYTES).putInt(0, 77);
      host.offer(Frame.of(Opcode.HELLO, 0, hello));
      assertEquals(66, host.awaitExit(20));
      assertTrue(host.output().contains("version 77 of the protocol"), host.output());
      assertEquals(1, host.output().lines().count());
    }
  }

  @ParameterizedTest
  @MethodSource("bothWays")
  void damageEndsTheWorkerWith65AfterAWordToTheParent(Launch launch) throws Exception {
    try (TinyHost host = TinyHost.ready(launch)) {
      host.writeRaw(new byte[100]);
      assertEquals(65, host.awaitExit(20));
      Damaged damaged = Damaged.read(0, host.seen(Opcode.DAMAGED).getFirst().payload().duplicate());
      assertFalse(damaged.reason().isEmpty());
      assertTrue(host.output().startsWith("Baton worker: "), host.output());
      assertEquals(1, host.output().lines().count());
    }
  }

  @Test
  void damageIsToldAlsoWhileABodySpins() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      host.awaitProgress(host.send(StopTasks.spin()));
      host.writeRaw(new byte[100]);
      assertEquals(65, host.awaitExit(20));
      assertEquals(1, host.seen(Opcode.DAMAGED).size());
    }
  }

  @Test
  void aTaskBeforeTheHelloIsDamage() throws Exception {
    try (TinyHost host = new TinyHost(Launch.pipes())) {
      host.send(Tasks.sum(1, 2));
      assertEquals(65, host.awaitExit(20));
      assertTrue(host.output().contains("before the HELLO"), host.output());
    }
  }

  @Test
  void propertiesOfTheParentAreSetUnlessTheyAreTheJvmsOwn() throws Exception {
    Launch launch =
        Launch.pipes()
            .withProperty("some.setting", "from the parent")
            .withProperty("java.version", "1.1")
            .withProperty("jdk.module.main", "of.the.parent");
    try (TinyHost host = TinyHost.ready(launch)) {
      assertEquals("from the parent", host.call(Tasks.property("some.setting")));
      assertEquals(System.getProperty("java.version"), host.call(Tasks.property("java.version")));
      assertEquals("none", host.call(Tasks.property("jdk.module.main")));
    }
  }
}
