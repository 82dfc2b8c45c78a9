package dev.baton.process.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The JDK's object stream without its header, with classes from one loader only. */
class ObjectReader extends ObjectInputStream {

  private static final Map<String, Class<?>> PRIMITIVES =
      Stream.of(
              boolean.class,
              byte.class,
              short.class,
              char.class,
              int.class,
              long.class,
              float.class,
              double.class,
              void.class)
          .collect(Collectors.toUnmodifiableMap(Class::getName, type -> type));

  private final ClassLoader loader;

  ObjectReader(InputStream in, ClassLoader loader) throws IOException {
    super(in);
    this.loader = loader;
  }

  @Override
  protected void readStreamHeader() {
    // the payload's own tags say what this is
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
    String name = description.getName();
    if (name.equals(StreamedLambda.class.getName())) {
      return StreamedLambda.class; // ours, and perhaps not in sight of the application's loader
    }
    Class<?> primitive = PRIMITIVES.get(name);
    return primitive == null ? Class.forName(name, false, loader) : primitive;
  }

  /** As the JDK does it: a proxy of a hidden interface belongs to that interface's loader. */
  @Override
  @SuppressWarnings("deprecation") // the class is needed, before there is a handler
  protected Class<?> resolveProxyClass(String[] names) throws ClassNotFoundException {
    Class<?>[] interfaces = new Class<?>[names.length];
    ClassLoader home = loader;
    for (int i = 0; i < names.length; i++) {
      interfaces[i] = Class.forName(names[i], false, loader);
      if (!Modifier.isPublic(interfaces[i].getModifiers())) {
        home = interfaces[i].getClassLoader();
      }
    }
    try {
      return Proxy.getProxyClass(home, interfaces);
    } catch (IllegalArgumentException mismatch) {
      throw new ClassNotFoundException("a proxy of " + String.join(", ", names), mismatch);
    }
  }
}
