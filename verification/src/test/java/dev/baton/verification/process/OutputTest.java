package dev.baton.verification.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.baton.Baton;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.WorkerLostException;
import dev.baton.event.BatonEvent.WorkerPrinted;
import dev.baton.process.ProcessOptions;
import dev.baton.process.ProcessOptions.Transport;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import dev.baton.testkit.signal.Signal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/** What becomes of what a task prints and logs in its worker. */
@ExtendWith({Watchdog.class, NoLeftovers.class})
class OutputTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String OUTPUT = "dev.baton.process.output";

  /** Hears what this JVM logs, in place of the console. */
  private static final class Ear extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger logger;
    private final Consumer<ILoggingEvent> listener;

    private Ear(String name, Consumer<ILoggingEvent> listener) {
      this.logger = (Logger) LoggerFactory.getLogger(name);
      this.listener = listener;
      start();
      logger.setAdditive(false);
      logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
      listener.accept(event);
    }

    @Override
    public void close() {
      logger.detachAppender(this);
      logger.setAdditive(true);
    }
  }

  private final List<WorkerPrinted> printed = new CopyOnWriteArrayList<>();
  private final List<ILoggingEvent> logged = new CopyOnWriteArrayList<>();

  private ProcessOptions options(Transport transport) {
    return ProcessOptions.defaults()
        .workers(1)
        .heap(32)
        .transport(transport)
        .listener(
            event -> {
              if (event instanceof WorkerPrinted line) {
                printed.add(line);
              }
            });
  }

  private static <E> E await(List<E> events, Predicate<E> wanted) {
    return Awaitility.await()
        .atMost(LONG)
        .until(() -> events.stream().filter(wanted).findFirst(), found -> found.isPresent())
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"PIPES", "STREAMS"})
  void aPrintedLineReachesTheLogAndTheListenerWithItsWorkerAndTask(Transport transport)
      throws Exception {
    try (Ear ear = new Ear(OUTPUT, logged::add);
        Baton baton = Baton.open(options(transport))) {
      assertNotNull(ear);
      Signal heard = Signal.create();
      TaskFuture<Void> noisy =
          baton.submit(
              TaskOptions.none().name("noisy"),
              () -> {
                System.out.println("good day");
                heard.await(); // a line that comes after its task is nobody's
              });
      WorkerPrinted line = await(printed, event -> event.line().equals("good day"));
      heard.open();
      noisy.get();
      heard.drop();
      assertEquals("noisy", line.task());
      assertEquals(baton.name(), line.executor());
      assertTrue(line.worker().startsWith("worker-1"), line.worker());
      String message =
          await(logged, event -> event.getFormattedMessage().contains("good day"))
              .getFormattedMessage();
      for (String part : List.of(baton.name(), line.worker(), "noisy")) {
        assertTrue(message.contains(part), message);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"PIPES", "STREAMS"})
  void whatTheProcessPrintsPastSystemOutArrivesAsWell(Transport transport) throws Exception {
    try (Baton baton = Baton.open(options(transport))) {
      baton
          .submit(
              () -> {
                new ProcessBuilder("echo", "from a child").inheritIO().start().waitFor();
                new FileOutputStream(FileDescriptor.out)
                    .write("by hand\n".getBytes(StandardCharsets.UTF_8));
              })
          .get();
      await(printed, event -> event.line().equals("from a child"));
      await(printed, event -> event.line().equals("by hand"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"PIPES", "STREAMS"})
  void aCharacterThatIsPrintedByteByByteArrivesWhole(Transport transport) throws Exception {
    String text = "größer als ∞ 🙂";
    try (Baton baton = Baton.open(options(transport))) {
      baton
          .submit(
              () -> {
                OutputStream out = new FileOutputStream(FileDescriptor.err);
                for (byte next : (text + "\n").getBytes(StandardCharsets.UTF_8)) {
                  out.write(next);
                  out.flush();
                }
              })
          .get();
      await(printed, event -> event.line().equals(text));
    }
  }

  @Test
  void whatComesTooFastForALogIsCounted() throws Exception {
    try (Ear ear = new Ear(OUTPUT, logged::add);
        Baton baton = Baton.open(options(Transport.AUTO))) {
      assertNotNull(ear);
      int lines = 20_000;
      baton
          .submit(
              () -> {
                for (int i = 0; i < lines; i++) {
                  System.out.println("line " + i);
                }
              })
          .get();
      baton.shutdown();
      assertTrue(baton.awaitTermination(LONG));
      await(logged, event -> event.getFormattedMessage().contains("printed too fast; dropped: "));
      assertTrue(printed.size() < lines, () -> "lines told of: " + printed.size());
      assertEquals("line 0", printed.getFirst().line());
    }
  }

  @Test
  void anAppenderThatBlocksHoldsUpNeitherTheLossOfAWorkerNorTheNextOne() throws Exception {
    CountDownLatch unblocked = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(1);
    try (Ear ear =
            new Ear(
                OUTPUT,
                event -> {
                  blocked.countDown();
                  awaitQuietly(unblocked);
                });
        Baton baton = Baton.open(options(Transport.AUTO))) {
      assertNotNull(ear);
      try {
        Throwable lost =
            baton
                .submit(
                    () -> {
                      System.out.println("my last words");
                      System.exit(3);
                    })
                .exception(LONG);
        blocked.await();
        String message =
            String.valueOf(assertInstanceOf(WorkerLostException.class, lost).getMessage());
        assertTrue(message.contains("my last words"), message);
        assertEquals(7, baton.submit(() -> 7).get());
      } finally {
        unblocked.countDown();
      }
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatATaskLogsIsLoggedHereUnderItsLoggerWithLevelContextAndTrace() throws Exception {
    try (Ear ear = new Ear("worker.says", logged::add);
        Baton baton = Baton.open(options(Transport.AUTO))) {
      assertNotNull(ear);
      MDC.put("request", "r-17");
      baton
          .submit(
              () ->
                  LoggerFactory.getLogger("worker.says")
                      .atWarn()
                      .setCause(new IllegalStateException("the cause"))
                      .log("mind the {}", "gap"))
          .get();
      ILoggingEvent event =
          await(logged, each -> each.getFormattedMessage().startsWith("mind the gap"));
      assertEquals(Level.WARN.toString(), event.getLevel().toString());
      assertEquals("r-17", event.getMDCPropertyMap().get("request"));
      assertTrue(event.getFormattedMessage().contains("IllegalStateException: the cause"));
    } finally {
      MDC.remove("request");
    }
    assertFalse(printed.stream().anyMatch(event -> event.line().contains("mind the gap")));
  }

  @Test
  void aLineThatComesWhileNoTaskRunsIsLaidToNone() throws Exception {
    Signal over = Signal.create();
    try (Baton baton = Baton.open(options(Transport.AUTO))) {
      baton
          .submit(
              () ->
                  Thread.startVirtualThread(
                      () -> {
                        over.awaitUninterruptibly();
                        System.out.println("left over");
                      }))
          .exception(LONG);
      over.open();
      assertNull(await(printed, event -> event.line().equals("left over")).task());
    } finally {
      over.drop();
    }
  }
}
