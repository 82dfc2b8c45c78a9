package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a body registered with {@code onCancel} runs when it is asked to stop. */
@Promise(Row.CANCELLING)
public interface CancelHookContract extends ContractTest {

  /** How long the interrupt waits for the hooks. */
  Duration PATIENCE_WITH_HOOKS = Duration.ofMillis(100);

  @Test
  default void theHookRunsAndThenTheInterruptFollows(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal told = given.signal();
    TaskFuture<Void> future =
        baton.submit(
            () -> {
              TaskContext.current().onCancel(() -> told.append("hook"));
              told.count();
              try {
                told.await();
              } catch (InterruptedException stop) {
                told.append("interrupt");
              }
            });
    told.awaitTotal(1);
    long start = System.nanoTime();
    future.cancel(true);
    Failures.awaitBody(future);
    boolean stalled = System.nanoTime() - start >= PATIENCE_WITH_HOOKS.toNanos();
    Eventually.holds("both came", () -> told.lines().size() == 2);
    assertTrue(
        stalled || told.lines().equals(List.of("hook", "interrupt")), told.lines()::toString);
  }

  @Test
  default void severalHooksRunInOrderOnAVirtualThreadAndOnce(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal told = given.signal();
    TaskFuture<Void> future =
        baton.submit(
            () -> {
              for (int i = 0; i < 3; i++) {
                String line = "hook " + i + ", virtual ";
                TaskContext.current()
                    .onCancel(() -> told.append(line + Thread.currentThread().isVirtual()));
              }
              told.count();
              told.await();
            });
    told.awaitTotal(1);
    future.cancel(true);
    future.cancel(true);
    Failures.awaitBody(future);
    Eventually.holds("all ran", () -> told.lines().size() >= 3);
    assertEquals(
        List.of("hook 0, virtual true", "hook 1, virtual true", "hook 2, virtual true"),
        told.lines());
  }

  @Test
  default void aHookThatThrowsStopsNeitherTheNextNorTheInterrupt(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal told = given.signal();
    TaskFuture<Void> future =
        baton.submit(
            () -> {
              TaskContext.current().onCancel(Thrown.CHECKED::raise);
              TaskContext.current().onCancel(Thrown.ASSERTION::raise);
              TaskContext.current().onCancel(() -> told.append("third"));
              told.count();
              told.await();
            });
    told.awaitTotal(1);
    future.cancel(true);
    Failures.awaitBody(future);
    Eventually.holds("the third ran", () -> told.lines().equals(List.of("third")));
  }

  @Test
  default void aHookThatHangsDoesNotHoldUpTheInterrupt(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal begun = given.signal();
    Signal never = given.signal();
    TaskFuture<Void> future =
        baton.submit(
            () -> {
              TaskContext.current().onCancel(never::awaitUninterruptibly);
              begun.count();
              begun.await();
            });
    begun.awaitTotal(1);
    long start = System.nanoTime();
    future.cancel(true);
    Failures.awaitBody(future);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(took.compareTo(PATIENCE_WITH_HOOKS) >= 0, () -> "it was given only " + took);
  }

  @Test
  default void aHookThatIsRegisteredTooLateRunsAtOnce(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal told = given.signal();
    TaskFuture<Void> future =
        baton.submit(
            () -> {
              told.count();
              while (!TaskContext.current().isCancelled()) {
                Thread.onSpinWait(); // until the cancel has arrived, which may take its time
              }
              TaskContext.current().onCancel(() -> told.append("hook"));
              told.append("after");
            });
    told.awaitTotal(1);
    future.cancel(true);
    Failures.awaitBody(future);
    assertEquals(List.of("hook", "after"), told.lines());
  }

  @Test
  default void aTaskThatEndsByItselfRunsNoHook(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal told = given.signal();
    TaskFuture<Integer> future =
        baton.submit(
            () -> {
              TaskContext.current().onCancel(() -> told.append("hook"));
              return 1;
            });
    assertEquals(1, future.get());
    future.cancel(true);
    assertNull(baton.submit(() -> {}).get());
    assertEquals(List.of(), told.lines());
  }

  @Test
  default void aHookFreesACallThatIgnoresInterrupts(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal begun = given.signal();
    TaskFuture<Boolean> future =
        baton.submit(
            () -> {
              try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                TaskContext.current().onCancel(socket::close);
                begun.count();
                return socket.accept().isBound();
              } catch (IOException closed) {
                begun.append("closed");
                throw closed;
              }
            });
    begun.awaitTotal(1);
    future.cancel(true);
    Failures.awaitBody(future);
    Eventually.holds("the call ended", () -> begun.lines().equals(List.of("closed")));
    Failures.assertCancelled(future);
  }
}
