package dev.baton.process.host;

import dev.baton.process.wire.Fetch;
import dev.baton.process.wire.Found;
import dev.baton.process.wire.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives workers the classes and resources that only a loader of this JVM has. */
final class ClassSource {

  private static final Logger LOG = LoggerFactory.getLogger(ClassSource.class);

  private final ClassLoader loader;

  ClassSource(ClassLoader loader) {
    this.loader = loader;
  }

  /** Looks for what a worker asks for, and makes the answer. */
  Frame answer(long request, Fetch fetch) {
    String path =
        switch (fetch.kind()) {
          case CLASS -> fetch.name().replace('.', '/') + ".class";
          case RESOURCE -> fetch.name();
        };
    try (InputStream in = loader.getResourceAsStream(path)) {
      return in == null
          ? Found.missing(request)
          : Found.frame(request, ByteBuffer.wrap(in.readAllBytes()));
    } catch (IOException | RuntimeException | Error failure) {
      LOG.warn("{} could not be read for a worker", path, failure);
      return Found.missing(request);
    }
  }
}
