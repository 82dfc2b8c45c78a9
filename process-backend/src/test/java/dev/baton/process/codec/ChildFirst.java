package dev.baton.process.codec;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** A loader that has the sample classes for itself, so that they are other classes than here. */
final class ChildFirst extends ClassLoader {

  private static final String SAMPLES = ChildFirst.class.getPackageName() + ".sample.";

  private final Set<String> missing;

  ChildFirst(String... missing) {
    super("apart", ChildFirst.class.getClassLoader());
    this.missing = Set.of(missing);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (missing.contains(name)) {
      throw new ClassNotFoundException(name);
    }
    if (!name.startsWith(SAMPLES)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream bytes = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] code = bytes.readAllBytes();
      return defineClass(name, code, 0, code.length);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }

  @Override
  public String toString() {
    return "the loader apart";
  }
}
