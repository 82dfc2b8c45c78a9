package dev.baton.process.codec.sample;

/** Something that cannot travel. */
public final class HttpClient {

  /** Makes a client. */
  public HttpClient() {}

  /** What a method reference refers to. */
  public String send() {
    return "sent";
  }
}
