package dev.baton.examples;

import dev.baton.Baton;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A policy of the caller's own, here one of Failsafe, around an executor: a future is a stage. */
public final class FailsafeAround {

  private static final RetryPolicy<String> PATIENT =
      RetryPolicy.<String>builder()
          .handle(IOException.class)
          .withMaxRetries(3)
          .withDelay(Duration.ofMillis(10))
          .build();

  private FailsafeAround() {}

  /**
   * Makes a call that fails twice.
   *
   * @param args none
   * @throws Exception if it goes otherwise
   */
  public static void main(String[] args) throws Exception {
    System.out.println(callThatFails(2));
  }

  static String callThatFails(int times) throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (Baton baton = Baton.open("virtual")) {
      CompletableFuture<String> answer =
          Failsafe.with(PATIENT)
              .getStageAsync(() -> baton.submit(() -> flaky(calls.incrementAndGet(), times)));
      return answer.get(30, TimeUnit.SECONDS);
    }
  }

  private static String flaky(int call, int failures) throws IOException {
    if (call <= failures) {
      throw new IOException("call " + call + " failed");
    }
    return "Call " + call + " was answered.";
  }
}
