package dev.baton.process.worker;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;

/** A resource that came from the parent, behind a URL that has its bytes with it. */
final class FetchedBytes extends URLStreamHandler {

  private static final String SCHEME = "baton";

  private final String path;
  private final byte[] bytes;

  private FetchedBytes(String path, byte[] bytes) {
    this.path = path;
    this.bytes = bytes;
  }

  /** Returns a URL for a resource. */
  static URL url(String name, byte[] bytes) {
    String path = "/" + name;
    try {
      return URL.of(new URI(SCHEME, null, path, null), new FetchedBytes(path, bytes));
    } catch (URISyntaxException | MalformedURLException impossible) {
      throw new IllegalArgumentException("The name of a resource: " + name, impossible);
    }
  }

  @Override
  protected URLConnection openConnection(URL url) throws IOException {
    if (!path.equals(URI.create(url.toExternalForm()).getPath())) {
      throw new FileNotFoundException(
          url + " is not what came from the parent. Ask the class loader for it by its full name.");
    }
    return new Connection(url, bytes);
  }

  private static final class Connection extends URLConnection {
    private final byte[] bytes;

    Connection(URL url, byte[] bytes) {
      super(url);
      this.bytes = bytes;
    }

    @Override
    public void connect() {
      connected = true;
    }

    @Override
    public long getContentLengthLong() {
      return bytes.length;
    }

    @Override
    public InputStream getInputStream() {
      return new ByteArrayInputStream(bytes);
    }
  }
}
