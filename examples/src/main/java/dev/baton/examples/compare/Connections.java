package dev.baton.examples.compare;

import dev.baton.Await;
import dev.baton.TaskFunction;
import dev.baton.examples.LoopbackServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Waiting: many requests to a server on this machine that answers after 20 ms.
 *
 * @param server the server
 * @param pages what to request
 * @param sequentialInputs how many requests are enough for the sequential run
 */
record Connections(LoopbackServer server, List<URI> pages, int sequentialInputs)
    implements Batch<URI, String> {

  static final String NAME = "connections";

  private static final Duration DELAY = Duration.ofMillis(20);
  private static final int PATIENCE_MILLIS = 30_000;

  /** Starts the server. */
  static Connections open(int requests, int sequentialRequests) throws IOException {
    LoopbackServer server = LoopbackServer.start(DELAY);
    List<URI> pages =
        IntStream.range(0, requests).mapToObj(number -> server.page("page-" + number)).toList();
    return new Connections(server, pages, sequentialRequests);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<URI> inputs() {
    return pages;
  }

  @Override
  public TaskFunction<URI, String> function() {
    return Connections::request;
  }

  private static String request(URI page) throws Exception {
    return Await.blocking(() -> get(page));
  }

  private static String get(URI page) throws IOException {
    URLConnection connection = page.toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    try (InputStream body = connection.getInputStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public boolean isRight(URI page, String result) {
    return page.getPath().equals("/" + result);
  }

  @Override
  public String describe(List<String> results) {
    return String.format(Locale.ROOT, "%,d requests", results.size());
  }

  @Override
  public void close() {
    server.close();
  }
}
