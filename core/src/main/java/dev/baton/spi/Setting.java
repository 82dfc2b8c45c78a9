package dev.baton.spi;

import dev.baton.BackendOptions;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One key of the configuration and what its value does to the options.
 *
 * <pre>{@code
 * Setting.integer("workers", ThreadOptions.class, ThreadOptions::workers)
 * }</pre>
 *
 * @param key the key in kebab-case, without prefix
 * @param allowed what values are allowed, for messages
 * @param apply puts a value into options; throws {@link IllegalArgumentException} for a bad one
 */
public record Setting(
    String key, String allowed, BiFunction<BackendOptions, String, BackendOptions> apply) {

  private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h)");

  /** Checks that nothing is null. */
  public Setting {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(allowed, "allowed");
    Objects.requireNonNull(apply, "apply");
  }

  /**
   * Makes a setting whose value is a whole number.
   *
   * @param key the key in kebab-case
   * @param type the type of the options
   * @param change puts the number into options
   * @param <O> the type of the options
   * @return the setting
   */
  public static <O extends BackendOptions> Setting integer(
      String key, Class<O> type, BiFunction<O, Integer, ? extends BackendOptions> change) {
    return of(key, "a whole number, such as 4", type, Setting::parseInteger, change);
  }

  /**
   * Makes a setting whose value is a time, such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code
   * 2h} or ISO-8601's {@code PT30S}.
   *
   * @param key the key in kebab-case
   * @param type the type of the options
   * @param change puts the time into options
   * @param <O> the type of the options
   * @return the setting
   */
  public static <O extends BackendOptions> Setting duration(
      String key, Class<O> type, BiFunction<O, Duration, ? extends BackendOptions> change) {
    return of(key, "a time, such as 500ms, 30s, 5m or 2h", type, Setting::parseDuration, change);
  }

  /**
   * Makes a setting whose value is one of an enum's constants, written in kebab-case.
   *
   * @param key the key in kebab-case
   * @param type the type of the options
   * @param choices the enum
   * @param change puts the constant into options
   * @param <O> the type of the options
   * @param <E> the type of the enum
   * @return the setting
   */
  public static <O extends BackendOptions, E extends Enum<E>> Setting choice(
      String key,
      Class<O> type,
      Class<E> choices,
      BiFunction<O, E, ? extends BackendOptions> change) {
    String allowed =
        Arrays.stream(choices.getEnumConstants())
            .map(Setting::kebab)
            .collect(Collectors.joining(" | "));
    return of(key, allowed, type, text -> parseChoice(choices, text), change);
  }

  /**
   * Makes a setting whose value is {@code true} or {@code false}.
   *
   * @param key the key in kebab-case
   * @param type the type of the options
   * @param change puts the value into options
   * @param <O> the type of the options
   * @return the setting
   */
  public static <O extends BackendOptions> Setting flag(
      String key, Class<O> type, BiFunction<O, Boolean, ? extends BackendOptions> change) {
    return of(key, "true | false", type, Setting::parseFlag, change);
  }

  private static <O extends BackendOptions, V> Setting of(
      String key,
      String allowed,
      Class<O> type,
      Function<String, V> parse,
      BiFunction<O, V, ? extends BackendOptions> change) {
    return new Setting(
        key,
        allowed,
        (options, text) -> change.apply(type.cast(options), parse.apply(text.strip())));
  }

  private static Integer parseInteger(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException("not a whole number", notANumber);
    }
  }

  private static Boolean parseFlag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static Duration parseDuration(String text) {
    Matcher matcher = DURATION.matcher(text);
    try {
      if (!matcher.matches()) {
        return Duration.parse(text);
      }
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        default -> Duration.ofHours(amount);
      };
    } catch (DateTimeParseException | NumberFormatException | ArithmeticException notATime) {
      throw new IllegalArgumentException("not a time", notATime);
    }
  }

  private static <E extends Enum<E>> E parseChoice(Class<E> choices, String text) {
    return Arrays.stream(choices.getEnumConstants())
        .filter(choice -> kebab(choice).equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not one of them"));
  }

  private static String kebab(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
