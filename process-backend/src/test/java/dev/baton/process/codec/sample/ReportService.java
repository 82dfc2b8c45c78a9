package dev.baton.process.codec.sample;

import dev.baton.Task;

/** A service that does not travel; the messages name the lines of its lambdas. */
public final class ReportService {

  private final String title = "report";

  /** Makes a service. */
  public ReportService() {}

  /** A lambda that captures this by using a field. */
  public Task<String> titleTask() {
    return () -> title + "!";
  }

  /** A lambda that captures a variable, after some that take two slots. */
  public static Task<String> send(HttpClient client, long before, double too) {
    return () -> client.send() + before + too;
  }

  /** A method reference with a receiver. */
  public static Task<String> reference(HttpClient client) {
    return client::send;
  }
}
