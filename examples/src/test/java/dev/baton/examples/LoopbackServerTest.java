package dev.baton.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoopbackServerTest {

  @Test
  void aPageContainsItsName() throws IOException {
    try (LoopbackServer server = LoopbackServer.start(Duration.ZERO)) {
      assertEquals("some-page", get(server.page("some-page")));
    }
  }

  @Test
  void anAnswerTakesAtLeastTheDelay() throws IOException {
    try (LoopbackServer server = LoopbackServer.start(Duration.ofMillis(50))) {
      long start = System.nanoTime();
      get(server.page("slow"));
      assertTrue(System.nanoTime() - start >= Duration.ofMillis(50).toNanos());
    }
  }

  @Test
  void aClosedServerAnswersNoMore() throws IOException {
    LoopbackServer server = LoopbackServer.start(Duration.ZERO);
    URI page = server.page("gone");
    server.close();
    assertThrows(ConnectException.class, () -> get(page));
  }

  private static String get(URI page) throws IOException {
    try (InputStream body = page.toURL().openConnection(Proxy.NO_PROXY).getInputStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
