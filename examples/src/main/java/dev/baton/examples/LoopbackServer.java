package dev.baton.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on this machine that takes its time: it answers {@code /name} with "name". */
public final class LoopbackServer implements AutoCloseable {

  /** Enough for all requests of an example to knock at once. */
  private static final int BACKLOG = 1_024;

  static {
    // Else JDK 21 answers 40 ms late, when the client has acknowledged the header.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();

  private LoopbackServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts a server on a free port.
   *
   * @param delay how long it thinks before it answers
   * @return a server, to be closed
   * @throws IOException if it cannot listen
   */
  public static LoopbackServer start(Duration delay) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    LoopbackServer started = new LoopbackServer(HttpServer.create(anyPort, BACKLOG));
    started.server.setExecutor(started.handlers);
    started.server.createContext("/", exchange -> answer(exchange, delay));
    started.server.start();
    return started;
  }

  private static void answer(HttpExchange exchange, Duration delay) throws IOException {
    try (exchange) {
      Thread.sleep(delay);
      byte[] name =
          exchange.getRequestURI().getPath().substring(1).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, name.length);
      exchange.getResponseBody().write(name);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Returns the address of a page.
   *
   * @param name the page's name and content
   * @return its address
   */
  public URI page(String name) {
    InetSocketAddress address = server.getAddress();
    return URI.create("http://" + address.getHostString() + ":" + address.getPort() + "/" + name);
  }

  @Override
  public void close() {
    server.stop(0);
    handlers.shutdownNow();
    handlers.close();
  }
}
