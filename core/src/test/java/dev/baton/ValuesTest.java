package dev.baton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The small values and exceptions of the public package. */
class ValuesTest {

  private static @Nullable String messageOf(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }

  @Test
  void progressIsAShare() {
    assertEquals(0.25, new TaskProgress(1, 4, null).fraction());
    assertEquals(1, new TaskProgress(5, 4, null).fraction());
    assertEquals(1, new TaskProgress(0, 0, null).fraction());
    assertEquals(-1, new TaskProgress(5, -1, "no idea").fraction());
    assertEquals(1.0, new TaskProgress(Long.MAX_VALUE, Long.MAX_VALUE, null).fraction());
    assertEquals("done must not be negative: -1", messageOf(() -> new TaskProgress(-1, 4, null)));
  }

  @Test
  void runTimeIsKnownOnceBothEndsAre() {
    Instant start = Instant.EPOCH;
    assertEquals(Duration.ofSeconds(2), info(start, start.plusSeconds(2)).runTime());
    assertNull(info(null, start).runTime());
    assertNull(info(start, null).runTime());
  }

  private static TaskInfo info(@Nullable Instant started, @Nullable Instant ended) {
    return new TaskInfo(1, "n", "e", "b", null, TaskInfo.Phase.SUCCESS, 1, null, started, ended);
  }

  @Test
  void aRemoteFailureShowsWhatItStandsFor() {
    RemoteFailureException failure =
        new RemoteFailureException("a.B", "no", "a.B: no" + System.lineSeparator() + "\tat a.C");
    assertEquals("a.B", failure.className());
    assertTrue(failure.stackText().endsWith("at a.C"));
    assertEquals("a.B: no" + System.lineSeparator() + failure.stackText(), failure.getMessage());
  }

  @Test
  void exceptionsKeepTheirCauses() {
    Throwable cause = new IllegalStateException("no");
    assertSame(cause, new BackendException("m", cause).getCause());
    assertSame(cause, new TaskRejectedException("m", cause).getCause());
    assertSame(cause, new TaskEncodingException("m", cause).getCause());
    assertSame(cause, new WorkerLostException("m", cause).getCause());
    assertEquals(
        TaskTimeoutException.Kind.DEADLINE,
        new TaskTimeoutException("m", TaskTimeoutException.Kind.DEADLINE).kind());
  }

  @Test
  void anActionCalledAsARunnableWrapsOnlyCheckedExceptions() {
    Exception checked = new Exception("checked");
    Action throwing =
        () -> {
          throw checked;
        };
    assertSame(checked, assertThrows(CompletionException.class, throwing::run).getCause());
    IllegalStateException unchecked = new IllegalStateException("unchecked");
    Action other =
        () -> {
          throw unchecked;
        };
    assertSame(unchecked, assertThrows(IllegalStateException.class, other::run));
  }
}
