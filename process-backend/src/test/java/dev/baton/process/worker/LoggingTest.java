package dev.baton.process.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.process.wire.LogEvent;
import dev.baton.process.wire.Opcode;
import dev.baton.process.wire.TaskHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** What bodies log goes to the parent. */
class LoggingTest {

  private static List<LogEvent> events(TinyHost host) throws Exception {
    List<LogEvent> events = new ArrayList<>();
    for (TinyHost.Seen frame : host.seen(Opcode.LOG)) {
      events.add(LogEvent.read(frame.id(), frame.payload().duplicate()));
    }
    return events;
  }

  private static long numberAtTheStart(LogEvent event) {
    return Long.parseLong(event.message().substring(0, event.message().indexOf(' ')));
  }

  @Test
  void anEventComesWithAllThatBelongsToItAndBeforeTheResult() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      host.send(
          7, new TaskHead(-1, 1, null, null, Map.of("user", "ann"), null, false), PrintTasks.log());
      host.value(7);
      LogEvent first = events(host).getFirst();
      assertEquals(Level.WARN, first.level());
      assertEquals("reports", first.logger());
      assertEquals("Report 5 of {} is late", first.message());
      assertEquals(Map.of("user", "ann"), first.loggingContext());
      String stack = first.throwable();
      assertNotNull(stack);
      assertTrue(stack.startsWith("java.lang.IllegalStateException: late"), stack);
      List<Opcode> opcodes =
          host.seen().stream().filter(frame -> frame.id() == 7).map(TinyHost.Seen::opcode).toList();
      assertEquals(List.of(Opcode.STARTED, Opcode.LOG, Opcode.LOG, Opcode.RESULT), opcodes);
      assertEquals("", host.output());
    }
  }

  @Test
  void theLowestLevelIsTheParentsChoice() throws Exception {
    try (TinyHost host = TinyHost.ready(Launch.pipes().withOption("logLevel", "ERROR"))) {
      host.call(PrintTasks.logAtAllLevels());
      assertEquals(List.of(Level.ERROR), events(host).stream().map(LogEvent::level).toList());
    }
    try (TinyHost host = TinyHost.ready(Launch.pipes().withOption("logLevel", "trace"))) {
      host.call(PrintTasks.logAtAllLevels());
      assertEquals(5, events(host).size());
    }
  }

  @Test
  void anApplicationMayLogInItsOwnWay() throws Exception {
    Launch launch =
        Launch.pipes()
            .withOption("logging", "application")
            .withClasses(Logger.class)
            .withParent(new OwnLogging.Loader());
    try (TinyHost host = TinyHost.ready(launch)) {
      assertEquals("application", host.call(LoadTasks.loaderOf(Logger.class.getName())));
      host.send(
          7, new TaskHead(-1, 1, null, null, Map.of("user", "ann"), null, false), PrintTasks.log());
      host.value(7);
      assertEquals(List.of(), host.seen(Opcode.LOG));
      host.awaitOutput("own: Report 5 of {} is late {user=ann}");
    }
  }

  @Test
  void whatNobodyReadsIsDroppedAndCounted() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      host.pauseReading();
      int logged = 40_000;
      long id = host.send(PrintTasks.logFromManyThreads(logged));
      host.awaitOutput("logged");
      host.resumeReading();
      host.value(id);
      long kept = events(host).stream().filter(event -> event.logger().equals("flood")).count();
      long dropped =
          events(host).stream()
              .filter(event -> event.message().contains("log events were dropped"))
              .mapToLong(LoggingTest::numberAtTheStart)
              .sum();
      assertTrue(dropped > 0, "none dropped");
      assertEquals(logged, kept + dropped);
    }
  }
}
