package dev.baton.examples;

import dev.baton.Await;
import dev.baton.Baton;
import dev.baton.TaskFuture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** The JDK's asynchronous HTTP client on an event loop, in code that reads as if it blocked. */
public final class AwaitHttp {

  private AwaitHttp() {}

  /**
   * Fetches pages two by two.
   *
   * @param args none
   * @throws IOException if the server cannot be started
   */
  public static void main(String[] args) throws IOException {
    try (LoopbackServer server = LoopbackServer.start(Duration.ofMillis(50))) {
      List<String> pairs = fetchPairs(server, 20);
      Check.that(pairs.getLast().equals("19 and 20"), pairs);
      System.out.println("The last pair is " + pairs.getLast() + ".");
    }
  }

  static List<String> fetchPairs(LoopbackServer server, int count) {
    try (HttpClient client = HttpClient.newHttpClient();
        Baton loop = Baton.open("async")) {
      List<TaskFuture<String>> pairs =
          IntStream.range(0, count)
              .mapToObj(
                  number ->
                      loop.submit(
                          () -> {
                            String first = get(client, server.page("" + number));
                            return first + " and " + get(client, server.page("" + (number + 1)));
                          }))
              .toList();
      return pairs.stream().map(TaskFuture::join).toList();
    }
  }

  private static String get(HttpClient client, URI page) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(page).build();
    HttpResponse<String> response = Await.on(client.sendAsync(request, BodyHandlers.ofString()));
    return response.body();
  }
}
