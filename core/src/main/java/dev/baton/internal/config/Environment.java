package dev.baton.internal.config;

import dev.baton.internal.config.Configuration.Source;
import dev.baton.internal.config.Configuration.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** Settings from the system properties, the environment and {@code baton.properties}. */
final class Environment implements Source {

  private static final String FILE = "baton.properties";

  private final String prefix;
  private final String variablePrefix;

  Environment(String name) {
    this.prefix = "baton." + name + ".";
    this.variablePrefix = "BATON_" + name.toUpperCase(Locale.ROOT) + "_";
  }

  @Override
  public String show(String key) {
    return prefix + key;
  }

  @Override
  public Map<String, Value> values(List<String> knownKeys) {
    Map<String, Value> values = new LinkedHashMap<>();
    addFiles(values);
    addVariables(values, knownKeys);
    addProperties(values, System.getProperties());
    return values;
  }

  private void addProperties(Map<String, Value> values, Properties properties) {
    for (String property : properties.stringPropertyNames()) {
      if (property.startsWith(prefix)) {
        String key = property.substring(prefix.length());
        values.put(key, new Value(key, property, properties.getProperty(property)));
      }
    }
  }

  /** A variable cannot say whether it has a dot or a dash, so the known keys tell. */
  private void addVariables(Map<String, Value> values, List<String> knownKeys) {
    Map<String, String> keys = new HashMap<>();
    knownKeys.forEach(key -> keys.put(variable(key), key));
    System.getenv()
        .forEach(
            (variable, text) -> {
              if (variable.startsWith(variablePrefix)) {
                String rest = variable.substring(variablePrefix.length()).toLowerCase(Locale.ROOT);
                String key = keys.getOrDefault(variable, guess(rest));
                values.put(key, new Value(key, variable, text));
              }
            });
  }

  /** Guesses the key of a variable that no backend here knows; an absent one might. */
  private static String guess(String rest) {
    int end = rest.indexOf('_');
    boolean isScoped = end > 0 && OwnBackends.ARTIFACTS.containsKey(rest.substring(0, end));
    return isScoped ? rest.substring(0, end) + "." + rest.substring(end + 1) : rest;
  }

  private String variable(String key) {
    return variablePrefix + key.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
  }

  /**
   * Reads all files of the name; two that differ on a key would make the class path's order count.
   */
  private void addFiles(Map<String, Value> values) {
    Map<String, URL> origin = new HashMap<>();
    try {
      for (URL file : Collections.list(loader().getResources(FILE))) {
        Map<String, Value> found = new LinkedHashMap<>();
        addProperties(found, read(file));
        found.forEach(
            (key, value) -> {
              Value other = values.put(key, value);
              if (other != null && !other.text().equals(value.text())) {
                throw new IllegalArgumentException(
                    "Setting "
                        + value.shownKey()
                        + " has two values: \""
                        + other.text()
                        + "\" in "
                        + origin.get(key)
                        + " and \""
                        + value.text()
                        + "\" in "
                        + file
                        + ". Remove one.");
              }
              origin.put(key, file);
            });
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The files " + FILE + " could not be read.", unreadable);
    }
  }

  private static ClassLoader loader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context != null ? context : ClassLoader.getSystemClassLoader();
  }

  private static Properties read(URL file) throws IOException {
    Properties properties = new Properties();
    try (InputStream bytes = file.openStream();
        Reader text = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
      properties.load(text);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "The file " + file + " cannot be read: " + malformed.getMessage(), malformed);
    }
    return properties;
  }
}
