package dev.baton.internal.encoding;

import dev.baton.spi.TaskCodec;
import java.util.Optional;
import java.util.ServiceLoader;

/** The codecs there are. */
public final class Codecs {

  private static final TaskCodec JDK = new JdkCodec();

  /** The one beside core, which does not change while this JVM runs. */
  private static final Optional<TaskCodec> BESIDE_CORE = first(Codecs.class.getClassLoader());

  private Codecs() {}

  private static Optional<TaskCodec> first(ClassLoader loader) {
    return ServiceLoader.load(TaskCodec.class, loader).findFirst();
  }

  /** Returns a codec that was found, else the one of the JDK. */
  public static TaskCodec preferred() {
    return BESIDE_CORE.or(Codecs::ofThread).orElse(JDK);
  }

  private static Optional<TaskCodec> ofThread() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return loader == null ? Optional.empty() : first(loader);
  }

  /** Returns the codec of a name, if there is one. */
  public static Optional<TaskCodec> named(String name) {
    return name.equals(JDK.name())
        ? Optional.of(JDK)
        : Optional.of(preferred()).filter(codec -> codec.name().equals(name));
  }
}
