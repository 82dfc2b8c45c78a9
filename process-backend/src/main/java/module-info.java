import org.jspecify.annotations.NullMarked;

/** Worker JVMs over their standard streams, behind the facade of {@code dev.baton}. */
@NullMarked
module dev.baton.process {
  requires dev.baton;
  requires jdk.management;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.baton.process;

  provides dev.baton.spi.BackendProvider with
      dev.baton.process.host.ProcessProvider;
  provides dev.baton.spi.TaskCodec with
      dev.baton.process.codec.PortableCodec;
}
