import org.jspecify.annotations.NullMarked;

/** Worker JVMs over their standard streams, behind the facade of {@code dev.baton}. */
@NullMarked
module dev.baton.process {
  requires dev.baton;
  requires org.slf4j;
  requires static org.jspecify;

  provides dev.baton.spi.TaskCodec with
      dev.baton.process.codec.PortableCodec;
}
