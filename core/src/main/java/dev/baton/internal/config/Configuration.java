package dev.baton.internal.config;

import dev.baton.BackendOptions;
import dev.baton.Baton;
import dev.baton.CommonOptions;
import dev.baton.internal.executor.EngineFactory;
import dev.baton.internal.executor.Executors;
import dev.baton.spi.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings of one executor, checked against what its backend understands. */
public final class Configuration {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+");
  private static final String BACKEND = "backend";

  /** The settings that every backend has. */
  private static final List<Setting> COMMON =
      List.of(
          Setting.duration(
              "timeout", BackendOptions.class, (o, v) -> o.with(change(o).timeout(v).common())),
          Setting.integer(
              "limit", BackendOptions.class, (o, v) -> o.with(change(o).limit(v).common())),
          Setting.integer(
              "lend", BackendOptions.class, (o, v) -> o.with(change(o).lend(v).common())),
          Setting.flag(
              "portable", BackendOptions.class, (o, v) -> o.with(change(o).portable(v).common())));

  private final String name;
  private final Source source;

  private Configuration(String name, Source source) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "The name of an executor consists of the characters a-z and 0-9, unlike \""
              + name
              + "\".");
    }
    this.name = name;
    this.source = source;
  }

  /** Reads system properties, environment and files. */
  public static Configuration ofEnvironment(String name) {
    Objects.requireNonNull(name, "name");
    return new Configuration(name, new Environment(name));
  }

  /** Reads the given settings and nothing else. */
  public static Configuration of(String name, Map<String, String> settings) {
    Objects.requireNonNull(name, "name");
    return new Configuration(name, new Given(settings));
  }

  /** The common options as something whose methods can be chained. */
  private static Common change(BackendOptions options) {
    return new Common(options.common());
  }

  private record Common(CommonOptions common) implements BackendOptions.Fluent<Common> {

    @Override
    public String backend() {
      return "any";
    }

    @Override
    public Common with(CommonOptions newCommon) {
      return new Common(newCommon);
    }
  }

  /**
   * Opens the executor.
   *
   * @param find finds a backend, or throws
   * @param all all backends, to tell settings of other backends from misspelt ones
   */
  public Baton open(Function<String, EngineFactory> find, List<EngineFactory> all) {
    Map<String, Value> values = source.values(keysOf(all));
    Value backend = values.remove(BACKEND);
    if (backend == null) {
      throw new IllegalArgumentException(
          "There is no setting "
              + source.show(BACKEND)
              + ". Set it to one of: "
              + String.join(", ", namesOf(all))
              + ".");
    }
    EngineFactory factory = find.apply(backend.text().strip());
    BackendOptions options = factory.defaults();
    for (Setting setting : settingsOf(factory)) {
      Value general = values.remove(setting.key());
      Value scoped = values.remove(factory.name() + "." + setting.key());
      Value value = scoped != null ? scoped : general;
      if (value != null) {
        options = apply(setting, value, options);
      }
    }
    values.keySet().removeIf(key -> isScopedToAnother(key, factory, all));
    if (!values.isEmpty()) {
      throw unknown(new TreeMap<>(values).firstEntry().getValue(), factory, all);
    }
    return Executors.open(name, factory, options);
  }

  private static List<String> namesOf(List<EngineFactory> all) {
    return all.stream().map(EngineFactory::name).toList();
  }

  private static List<Setting> settingsOf(EngineFactory factory) {
    return Stream.concat(COMMON.stream(), factory.settings().stream()).toList();
  }

  private static List<String> keysOf(List<EngineFactory> all) {
    TreeSet<String> keys = new TreeSet<>();
    keys.add(BACKEND);
    for (EngineFactory factory : all) {
      for (Setting setting : settingsOf(factory)) {
        keys.add(setting.key());
        keys.add(factory.name() + "." + setting.key());
      }
    }
    return new ArrayList<>(keys);
  }

  private static BackendOptions apply(Setting setting, Value value, BackendOptions options) {
    try {
      return setting.apply().apply(options, value.text());
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException(
          "Setting "
              + value.shownKey()
              + " has the value \""
              + value.text()
              + "\": "
              + refused.getMessage()
              + ". Allowed: "
              + setting.allowed()
              + ".",
          refused);
    }
  }

  private static boolean isScopedToAnother(
      String key, EngineFactory chosen, List<EngineFactory> all) {
    int dot = key.indexOf('.');
    if (dot < 0 || key.substring(0, dot).equals(chosen.name())) {
      return false;
    }
    EngineFactory other = named(key.substring(0, dot), all);
    return other == null
        ? OwnBackends.ARTIFACTS.containsKey(key.substring(0, dot))
        : settingsOf(other).stream().anyMatch(s -> s.key().equals(key.substring(dot + 1)));
  }

  private static @Nullable EngineFactory named(String name, List<EngineFactory> all) {
    return all.stream().filter(factory -> factory.name().equals(name)).findFirst().orElse(null);
  }

  private IllegalArgumentException unknown(
      Value value, EngineFactory factory, List<EngineFactory> all) {
    List<String> owners = ownersOf(value.key(), all);
    String ownersOf = String.join(", ", owners);
    if (!owners.isEmpty()) {
      return new IllegalArgumentException(
          "Setting "
              + value.shownKey()
              + " would be ignored: backend "
              + factory.name()
              + " has no setting "
              + value.key()
              + "; "
              + ownersOf
              + (owners.size() == 1 ? " has" : " have")
              + ". Remove it, or scope it to that backend, as in "
              + source.show(owners.get(0) + "." + value.key())
              + ".");
    }
    int dot = value.key().indexOf('.');
    EngineFactory scope = dot < 0 ? null : named(value.key().substring(0, dot), all);
    EngineFactory meant = scope == null ? factory : scope;
    String prefix = scope == null ? "" : scope.name() + ".";
    List<String> known =
        new ArrayList<>(settingsOf(meant).stream().map(s -> prefix + s.key()).toList());
    if (scope == null) {
      known.add(BACKEND);
    }
    return new IllegalArgumentException(
        "There is no setting "
            + value.shownKey()
            + ". Did you mean "
            + source.show(Nearest.to(value.key(), known))
            + "? Backend "
            + meant.name()
            + " has: "
            + String.join(", ", known)
            + ".");
  }

  private static List<String> ownersOf(String key, List<EngineFactory> all) {
    return all.stream()
        .filter(f -> f.settings().stream().anyMatch(setting -> setting.key().equals(key)))
        .map(EngineFactory::name)
        .toList();
  }

  /** A value that was found, with its key as Baton and as its user knows it. */
  record Value(String key, String shownKey, String text) {}

  /** Where settings are found. */
  interface Source {

    /** Returns a changeable map of all settings of the executor, by key. */
    Map<String, Value> values(List<String> knownKeys);

    /** Shows how a key is written there. */
    String show(String key);
  }

  /** Settings given by the application. */
  private record Given(Map<String, String> settings) implements Source {

    Given {
      settings = Map.copyOf(settings);
    }

    @Override
    public Map<String, Value> values(List<String> knownKeys) {
      Map<String, Value> values = new LinkedHashMap<>();
      settings.forEach((key, text) -> values.put(key, new Value(key, show(key), text)));
      return values;
    }

    @Override
    public String show(@Nullable String key) {
      return "\"" + key + "\"";
    }
  }
}
