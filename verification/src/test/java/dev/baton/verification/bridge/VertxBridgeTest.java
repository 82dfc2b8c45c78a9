package dev.baton.verification.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Await;
import dev.baton.Baton;
import dev.baton.TaskFuture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VertxBridgeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void aTaskAwaitsWhatAnEventLoopOfVertxDoes() throws Exception {
    try (Baton loop = Baton.open("async")) {
      Callable<String> body =
          () -> {
            String before = Thread.currentThread().getName();
            Future<String> theirs =
                vertx.timer(5, TimeUnit.MILLISECONDS).map(t -> Thread.currentThread().getName());
            String there = Await.on(theirs.toCompletionStage());
            assertTrue(there.contains("vert.x"), there);
            assertEquals(before, Thread.currentThread().getName(), "back on our loop");
            return there;
          };
      assertTrue(loop.submit(body).get(PATIENCE).contains("eventloop"));
    }
  }

  @Test
  void aFailureOfVertxComesUnwrapped() throws Exception {
    IOException failure = new IOException("theirs");
    try (Baton loop = Baton.open("async")) {
      TaskFuture<Object> future =
          loop.submitAsync(() -> Future.<Object>failedFuture(failure).toCompletionStage());
      assertSame(failure, future.exception(PATIENCE));
    }
  }

  @Test
  void vertxAwaitsWhatOurLoopDoes() throws Exception {
    try (Baton loop = Baton.open("async")) {
      Future<Integer> theirs = Future.fromCompletionStage(loop.submit(() -> 42));
      assertEquals(42, theirs.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS));
    }
  }
}
