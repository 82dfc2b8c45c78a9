package dev.baton.verification.loopback;

import static dev.baton.verification.MessageAssertions.assertMessageHas;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.RemoteFailureException;
import dev.baton.Task;
import dev.baton.TaskEncodingException;
import dev.baton.TaskFuture;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import dev.baton.verification.loopback.Travellers.Hostile;
import dev.baton.verification.loopback.Travellers.NoWay;
import dev.baton.verification.loopback.Travellers.OneWay;
import dev.baton.verification.loopback.Travellers.OneWayException;
import dev.baton.verification.loopback.Travellers.Stuck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({Watchdog.class, NoLeftovers.class})
class LoopbackEncodingTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  private static Throwable failureOf(Task<?> task) throws Exception {
    try (Baton baton = Baton.open(LoopbackOptions.defaults().workers(1))) {
      TaskFuture<Integer> before = baton.submit(() -> 1);
      TaskFuture<?> failing = baton.submit(task);
      TaskFuture<Integer> after = baton.submit(() -> 2);
      Throwable failure = requireNonNull(failing.exception(LONG));
      assertEquals(1, before.get(LONG));
      assertEquals(2, after.get(LONG));
      return failure;
    }
  }

  @Test
  void whatATaskCapturesAndWhatItReturnsAreCopies() throws Exception {
    int[] numbers = {1, 2};
    try (Baton baton = Baton.open("loopback")) {
      int[] returned =
          baton
              .submit(
                  () -> {
                    numbers[0] = 7;
                    return numbers;
                  })
              .get();
      assertArrayEquals(new int[] {7, 2}, returned);
      assertNotSame(numbers, returned);
      assertArrayEquals(new int[] {1, 2}, numbers);
    }
  }

  @Test
  void aTaskThatCannotBeEncodedFailsOnlyItsOwnFuture() throws Exception {
    Object captured = new Object();
    TaskEncodingException failure =
        assertInstanceOf(TaskEncodingException.class, failureOf(captured::hashCode));
    assertMessageHas(failure, "java.lang.Object");
  }

  @Test
  void aTaskThatCannotBeDecodedFailsOnlyItsOwnFuture() throws Exception {
    OneWay captured = new OneWay();
    TaskEncodingException failure =
        assertInstanceOf(TaskEncodingException.class, failureOf(captured::hashCode));
    assertMessageHas(failure, "no way back");
  }

  @Test
  void aResultThatCannotBeEncodedFailsOnlyItsOwnFuture() throws Exception {
    assertInstanceOf(TaskEncodingException.class, failureOf(Object::new));
    TaskEncodingException failure =
        assertInstanceOf(TaskEncodingException.class, failureOf(NoWay::new));
    assertMessageHas(failure, "no way out");
  }

  @Test
  void aResultThatCannotBeDecodedFailsOnlyItsOwnFuture() throws Exception {
    TaskEncodingException failure =
        assertInstanceOf(TaskEncodingException.class, failureOf(OneWay::new));
    assertMessageHas(failure, "no way back");
  }

  private static int failDeeply() throws IOException {
    IOException thrown = new IOException("mine", new IllegalArgumentException("its cause"));
    thrown.addSuppressed(new UncheckedIOException(new IOException("its companion")));
    throw thrown;
  }

  @Test
  void anExceptionComesBackWithCausesCompanionsAndStack() throws Exception {
    Throwable failure = failureOf(LoopbackEncodingTest::failDeeply);
    assertEquals(IOException.class, failure.getClass());
    assertEquals("mine", failure.getMessage());
    assertEquals("its cause", requireNonNull(failure.getCause()).getMessage());
    assertEquals(UncheckedIOException.class, failure.getSuppressed()[0].getClass());
    assertEquals("failDeeply", failure.getStackTrace()[0].getMethodName());
  }

  @Test
  void anErrorIsAnExceptionLikeAnyOther() throws Exception {
    assertInstanceOf(
        StackOverflowError.class,
        failureOf(
            () -> {
              throw new StackOverflowError("deep");
            }));
  }

  private static void assertArrivesAsText(Class<?> thrown, String message, Throwable failure) {
    RemoteFailureException text = assertInstanceOf(RemoteFailureException.class, failure);
    assertEquals(thrown.getName(), text.className());
    assertMessageHas(text, message);
    assertTrue(text.stackText().contains("LoopbackEncodingTest"), text.stackText());
  }

  @Test
  void anExceptionThatCannotTravelArrivesAsText() throws Exception {
    assertArrivesAsText(
        Stuck.class,
        "in the mud",
        failureOf(
            () -> {
              throw new Stuck("in the mud");
            }));
    assertArrivesAsText(
        OneWayException.class,
        "on the road",
        failureOf(
            () -> {
              throw new OneWayException("on the road");
            }));
  }

  @Test
  void anExceptionWhoseOwnMethodsThrowArrivesAllTheSame() throws Exception {
    RemoteFailureException text =
        assertInstanceOf(
            RemoteFailureException.class,
            failureOf(
                () -> {
                  throw new Hostile();
                }));
    assertEquals(Hostile.class.getName(), text.className());
  }

  @Test
  void eachWaiterGetsAnExceptionThatSaysWhereTheTaskRan() throws Exception {
    try (Baton baton = Baton.open(LoopbackOptions.defaults().workers(1))) {
      TaskFuture<Integer> failing = baton.submit(LoopbackEncodingTest::failDeeply);
      ExecutionException one = assertThrows(ExecutionException.class, failing::get);
      ExecutionException other = assertThrows(ExecutionException.class, failing::get);
      assertNotSame(one, other);
      assertMessageHas(one, "loopback-1");
    }
  }
}
