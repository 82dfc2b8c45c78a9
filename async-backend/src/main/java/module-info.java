import org.jspecify.annotations.NullMarked;

/** An event loop on virtual threads, behind the facade of {@code dev.baton}. */
@NullMarked
module dev.baton.async {
  requires dev.baton;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.baton.async;

  provides dev.baton.spi.BackendProvider with
      dev.baton.async.loop.AsyncProvider;
}
