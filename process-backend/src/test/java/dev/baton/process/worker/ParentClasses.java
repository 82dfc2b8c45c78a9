package dev.baton.process.worker;

import dev.baton.process.wire.Fetch;
import dev.baton.process.wire.Found;
import dev.baton.process.wire.Frame;
import dev.baton.process.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Answers a worker that asks for classes and resources. */
final class ParentClasses {

  private final ClassLoader loader;
  private final Consumer<Frame> answers;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  ParentClasses(ClassLoader loader, Consumer<Frame> answers) {
    this.loader = loader;
    this.answers = answers;
  }

  List<String> asked() {
    return asked;
  }

  /** Answers on another thread, as the reader may not write. */
  void answer(long request, ByteBuffer payload) throws WireException {
    Fetch fetch = Fetch.read(request, payload);
    asked.add(fetch.name());
    Thread.startVirtualThread(() -> answers.accept(frame(request, fetch)));
  }

  private Frame frame(long request, Fetch fetch) {
    String path =
        fetch.kind() == Fetch.Kind.CLASS ? fetch.name().replace('.', '/') + ".class" : fetch.name();
    try (InputStream in = loader.getResourceAsStream(path)) {
      return in == null
          ? Found.missing(request)
          : Found.frame(request, ByteBuffer.wrap(in.readAllBytes()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
