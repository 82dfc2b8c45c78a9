package dev.baton.process.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.Task;
import dev.baton.TaskOptions;
import dev.baton.process.ProcessOptions;
import dev.baton.process.codec.Encoder;
import dev.baton.process.wire.Cancel;
import dev.baton.process.wire.Frame;
import dev.baton.process.wire.Opcode;
import dev.baton.process.wire.SubmitHead;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a worker is told of the tasks that it submits, without the worker. */
@Timeout(60)
class NestedTasksTest {

  private static final ProcessOptions OPTIONS = ProcessOptions.defaults().workers(1);

  /** Opened when the body begins, and when it may end; static, as a copy of the body opens them. */
  private static volatile CountDownLatch begun = new CountDownLatch(1);

  private static volatile CountDownLatch mayEnd = new CountDownLatch(1);

  @TempDir private Path directory;

  private final BlockingQueue<Frame> said = new LinkedBlockingQueue<>();
  private final Baton baton = Baton.open("threads");

  @BeforeEach
  void beginAnew() {
    begun = new CountDownLatch(1);
    mayEnd = new CountDownLatch(1);
  }

  @AfterEach
  void endAll() {
    mayEnd.countDown();
    baton.close();
  }

  private NestedTasks nested() {
    return new NestedTasks(
        new Scene(directory, OPTIONS).workerWithoutPage(),
        baton,
        LaunchPlan.of(OPTIONS, "scene"),
        said::add);
  }

  private void submit(NestedTasks nested, int attempt) throws Exception {
    Task<String> body =
        () -> {
          begun.countDown();
          mayEnd.await();
          return "whole";
        };
    SubmitHead head = new SubmitHead(1, attempt, false, TaskOptions.none(), Map.of());
    nested.submit(7, head, new Encoder().encode(body).portable());
    assertEquals(Opcode.ANSWER, next().opcode());
    begun.await();
  }

  private Frame next() throws InterruptedException {
    Frame frame = said.poll(20, TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("nothing was said");
    }
    return frame;
  }

  /** Returns how many were cancelled; a task counts a little after the worker was told of it. */
  private long cancelled() {
    baton.close();
    return baton.stats().cancelled();
  }

  @Test
  void theCancelOfAnAttemptStopsIt() throws Exception {
    NestedTasks nested = nested();
    submit(nested, 2);
    nested.cancel(7, new Cancel(CancelMode.INTERRUPT, 2));
    assertEquals(Opcode.OUTCOME, next().opcode());
    assertEquals(1, cancelled());
  }

  @Test
  void theCancelOfAnEarlierAttemptDoesNot() throws Exception {
    NestedTasks nested = nested();
    submit(nested, 2);
    nested.cancel(7, new Cancel(CancelMode.INTERRUPT, 1));
    assertEquals(null, said.poll(200, TimeUnit.MILLISECONDS), "it goes on");
    mayEnd.countDown();
    assertEquals(Opcode.OUTCOME, next().opcode());
    assertEquals(0, cancelled());
  }
}
