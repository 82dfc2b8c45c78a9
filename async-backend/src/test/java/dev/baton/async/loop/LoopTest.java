package dev.baton.async.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.baton.Baton;
import dev.baton.event.BatonEvent;
import dev.baton.spi.AwaitHook;
import dev.baton.spi.BackendHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A loop whose threads fail it. */
class LoopTest {

  private final Threads threads = new Threads();
  private final Roster roster = new Roster();
  private final Loop loop = new Loop("loop", threads, roster, new Carriers(roster));
  private final BlockingQueue<Thread> ran = new LinkedBlockingQueue<>();

  @AfterEach
  void noRunnerIsLeft() throws Exception {
    loop.close();
    for (Thread runner : threads.made) {
      assertTrue(runner.join(Duration.ofSeconds(20)), runner::toString);
    }
    assertEquals(List.of(), roster.all());
  }

  private void note() {
    ran.add(Thread.currentThread());
  }

  private Thread nextThatRan() throws InterruptedException {
    Thread next = ran.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing runs any more");
    }
    return next;
  }

  @Test
  void aLoopWhoseThreadDiesOfAnErrorGoesOnOnAnother() throws Exception {
    BrokenAppender appender = new BrokenAppender();
    Logger logger = (Logger) LoggerFactory.getLogger(Loop.class);
    logger.addAppender(appender);
    appender.start();
    try {
      loop.add(
          (Runnable)
              () -> {
                note();
                loop.add((Runnable) this::note); // queued behind the one that fails
                throw new IllegalStateException("on purpose");
              });
      Thread died = nextThatRan();
      assertNotSame(died, nextThatRan());
      assertTrue(died.join(Duration.ofSeconds(20)));
    } finally {
      logger.detachAppender(appender);
    }
  }

  @Test
  void aCallbackThatAnErrorThrowsOutOfItsWaitGetsTheBatonBackFirst() throws Exception {
    CountDownLatch thrown = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    loop.add(
        (Runnable)
            () -> {
              note();
              loop.leave(new Suspension(roster.all().getFirst())); // the only one so far
              awaitQuietly(thrown);
              throw new StackOverflowError("on purpose");
            });
    Thread threw = nextThatRan();
    loop.add(
        (Runnable)
            () -> {
              note();
              awaitQuietly(letGo);
            });
    Thread holder = nextThatRan();
    assertNotSame(threw, holder);
    loop.add((Runnable) this::note);
    thrown.countDown();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                Stream.of(threw.getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals("regain")));
    assertTrue(ran.isEmpty(), "the other one has the baton");
    letGo.countDown();
    nextThatRan();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException stop) {
      throw new AssertionError(stop);
    }
  }

  @Test
  void aWaitThatFailsBeforeItBeginsIsNotGivenTheBaton() throws Exception {
    BlockingCalls calls = BlockingCalls.on(Runnable::run, "loop", new Carriers(roster));
    LoopHook hook = new LoopHook(threads, calls);
    loop.add(
        (Runnable)
            () -> {
              note();
              assertThrows(
                  OutOfMemoryError.class, () -> hook.await(new FailingCondition(), false, 0));
            });
    nextThatRan();
    loop.add((Runnable) this::note);
    nextThatRan();
  }

  /** Is met at once, and has no memory to say how to be told otherwise. */
  private static final class FailingCondition implements AwaitHook.Condition {
    @Override
    public boolean isMet() {
      return false;
    }

    @Override
    public Runnable onMet(Runnable wake) {
      wake.run();
      throw new OutOfMemoryError("on purpose");
    }
  }

  @Test
  void whatTheWatchdogIsLateIsNotLaidToTheHolder() throws Exception {
    long slow = 20_000_000;
    LoopWatch watch = new LoopWatch(loop, slow, true, roster);
    CountDownLatch letGo = new CountDownLatch(1);
    loop.add(
        (Runnable)
            () -> {
              note();
              awaitQuietly(letGo);
            });
    nextThatRan();
    watch.look(0, 0);
    watch.look(15 * slow, 15 * slow);
    assertEquals(0, reports(watch));
    watch.look(16 * slow, 0);
    assertEquals(1, reports(watch));
    watch.look(20 * slow, 0);
    assertEquals(2, reports(watch), "it was at 1, and is at 5");
    watch.look(22 * slow, 0);
    assertEquals(2, reports(watch), "the next is at 8");
    watch.look(23 * slow, 0);
    assertEquals(3, reports(watch));
    letGo.countDown();
  }

  private static long reports(LoopWatch watch) {
    return watch.status().lines().filter(line -> line.contains("reported: ")).count();
  }

  @Test
  void aLoopThatGetsNoThreadSaysThatItIsBroken() throws Exception {
    threads.refuses = true;
    loop.add((Runnable) this::note);
    assertEquals("no thread, on purpose", threads.brokenBy.take().getMessage());
    threads.refuses = false;
    loop.add((Runnable) this::note);
    nextThatRan();
    nextThatRan();
  }

  /** Fails as one does that has no memory left; what is logged at last cannot be logged. */
  private static final class BrokenAppender extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      throw new OutOfMemoryError("on purpose");
    }
  }

  /** Core's side of the backend, as far as a loop needs it. */
  private static final class Threads implements BackendHost {
    private final Map<Thread, Runnable> bodies = new ConcurrentHashMap<>();
    private final List<Thread> made = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Throwable> brokenBy = new LinkedBlockingQueue<>();
    private volatile boolean refuses;

    @Override
    public Thread newThread(String name, Runnable body) {
      if (refuses) {
        throw new OutOfMemoryError("no thread, on purpose");
      }
      Thread thread =
          Thread.ofVirtual()
              .name(name)
              .uncaughtExceptionHandler((died, ofThat) -> {})
              .unstarted(body);
      made.add(thread);
      bodies.put(thread, body);
      return thread;
    }

    @Override
    public void broken(Throwable cause) {
      brokenBy.add(cause);
    }

    @Override
    public String executor() {
      return "loop";
    }

    @Override
    public Baton baton() {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Runnable currentBody() {
      return bodies.get(Thread.currentThread());
    }

    @Override
    public void credit(int runs) {}

    @Override
    public void emit(BatonEvent event) {}
  }
}
