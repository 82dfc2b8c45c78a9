package dev.baton.examples;

import dev.baton.Baton;
import dev.baton.TaskFuture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Many blocking requests at once: {@code bind} turns the call into one that returns a future. */
public final class FetchPages {

  private FetchPages() {}

  /**
   * Fetches a hundred pages from a server on this machine.
   *
   * @param args none
   * @throws IOException if the server cannot be started
   */
  public static void main(String[] args) throws IOException {
    try (LoopbackServer server = LoopbackServer.start(Duration.ofMillis(100))) {
      List<String> names = IntStream.range(0, 100).mapToObj(number -> "page-" + number).toList();
      long start = System.nanoTime();
      List<String> pages = fetch(names.stream().map(server::page).toList());
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      Check.that(pages.equals(names), pages);
      System.out.println(
          pages.size() + " pages of 100 ms each took " + time.toMillis() + " ms altogether.");
    }
  }

  /** The client is made in the worker, shared by its tasks, and closed with it. */
  static List<String> fetch(List<URI> addresses) {
    try (Baton baton = Baton.open("virtual")) {
      Function<URI, TaskFuture<String>> fetch =
          baton.bind(HttpClient::newHttpClient, FetchPages::get);
      List<TaskFuture<String>> pages = addresses.stream().map(fetch).toList();
      return pages.stream().map(TaskFuture::join).toList();
    }
  }

  private static String get(HttpClient client, URI address)
      throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
  }
}
