package dev.baton.process.host;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The system properties of this JVM that its workers have too: those that are not the JVM's own.
 */
final class InheritedProperties {

  private static final List<String> OF_THE_JVM =
      List.of(
          "java.",
          "jdk.",
          "sun.",
          "os.",
          "awt.",
          "file.separator",
          "path.separator",
          "line.",
          "native.encoding",
          "stdout.",
          "stderr.",
          "stdin.",
          "user.dir",
          "user.home",
          "user.name");

  private InheritedProperties() {}

  /** Returns them as they are now. */
  static Map<String, String> get() {
    Map<String, String> properties = new TreeMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      String value = System.getProperty(name);
      if (value != null && OF_THE_JVM.stream().noneMatch(name::startsWith)) {
        properties.put(name, value);
      }
    }
    return properties;
  }
}
