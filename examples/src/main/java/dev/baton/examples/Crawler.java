package dev.baton.examples;

import dev.baton.Await;
import dev.baton.Baton;
import dev.baton.TaskContext;
import dev.baton.async.AsyncOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Follows links through ten thousand pages on one event loop, a hundred requests at a time. The
 * list of pages found belongs to the loop: no lock, no concurrent collection.
 */
public final class Crawler {

  private final HttpClient client;
  private final LoopbackServer site;
  private final int size;
  private final CompletableFuture<List<Integer>> result = new CompletableFuture<>();

  /** What was found, and how many visits are not over; touched by tasks of the loop only. */
  private final List<Integer> found = new ArrayList<>();

  private int unfinished;

  private Crawler(HttpClient client, LoopbackServer site, int size) {
    this.client = client;
    this.site = site;
    this.size = size;
  }

  /**
   * Crawls a site on this machine.
   *
   * @param args none
   * @throws Exception if a page cannot be fetched
   */
  public static void main(String[] args) throws Exception {
    long start = System.nanoTime();
    int pages = crawl(10_000);
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    Check.that(pages == 10_000, pages);
    System.out.println(
        String.format(Locale.ROOT, "%,d pages in %,d ms on one loop.", pages, time.toMillis()));
  }

  static int crawl(int size) throws Exception {
    try (LoopbackServer site = LoopbackServer.start(Duration.ZERO);
        HttpClient client = HttpClient.newHttpClient();
        Baton loop = Baton.open(AsyncOptions.defaults().limit(100))) {
      Crawler crawler = new Crawler(client, site, size);
      loop.submit(() -> crawler.follow(0));
      return crawler.result.get().size();
    }
  }

  /** Has a page visited, on this loop. */
  private void follow(int number) {
    unfinished++;
    TaskContext.current()
        .baton()
        .submit(() -> visit(number))
        .onDone(
            visit -> {
              if (visit.state() == Future.State.FAILED) {
                result.completeExceptionally(visit.exceptionNow());
              }
              if (--unfinished == 0) {
                result.complete(found);
              }
            });
  }

  /** Fetches a page and visits the pages that it links to. */
  private void visit(int number) throws Exception {
    URI address = site.page(String.valueOf(number));
    HttpRequest request = HttpRequest.newBuilder(address).build();
    String body = Await.on(client.sendAsync(request, BodyHandlers.ofString())).body();
    found.add(number);
    links(body).forEach(this::follow);
  }

  /** The pages are the nodes of a tree: each links to two. */
  private Stream<Integer> links(String body) {
    int number = Integer.parseInt(body);
    return Stream.of(2 * number + 1, 2 * number + 2).filter(next -> next < size);
  }
}
