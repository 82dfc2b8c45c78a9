import org.jspecify.annotations.NullMarked;

/**
 * One executor facade over every way to run a task: threads, virtual threads, and what is plugged
 * in.
 */
@NullMarked
module dev.baton {
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.baton;
  exports dev.baton.event;
  exports dev.baton.spi;

  uses dev.baton.spi.BackendProvider;
  uses dev.baton.spi.TaskCodec;
}
