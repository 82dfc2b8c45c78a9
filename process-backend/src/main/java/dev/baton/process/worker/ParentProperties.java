package dev.baton.process.worker;

import java.util.List;
import java.util.Map;

/** The parent's system properties, as far as they are not those of its JVM. */
final class ParentProperties {

  /** How a JVM was launched; another one is launched in another way. */
  private static final List<String> OF_LAUNCH = List.of("jdk.module.", "sun.", "java.vm.");

  private ParentProperties() {}

  /** Sets those that this JVM does not have: what it has is its own, or was given to it. */
  static void install(Map<String, String> properties) {
    for (Map.Entry<String, String> property : properties.entrySet()) {
      String key = property.getKey();
      if (System.getProperty(key) == null && !isOfLaunch(key)) {
        System.setProperty(key, property.getValue());
      }
    }
  }

  private static boolean isOfLaunch(String key) {
    for (String prefix : OF_LAUNCH) {
      if (key.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
