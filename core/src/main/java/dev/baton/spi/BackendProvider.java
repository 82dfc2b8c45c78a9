package dev.baton.spi;

import dev.baton.BackendOptions;
import java.util.List;

/**
 * Opens one kind of backend. Providers are found by {@link java.util.ServiceLoader}: name yours in
 * {@code provides} of the module and in {@code META-INF/services}.
 */
public interface BackendProvider {

  /**
   * Names the backend, for {@link dev.baton.Baton#open(String)} and the setting {@code backend}.
   *
   * @return a name of the characters {@code a-z} and {@code 0-9}
   */
  String name();

  /**
   * Returns the options that a user gets who names none.
   *
   * @return options whose {@link BackendOptions#backend()} is this provider's name
   */
  BackendOptions defaults();

  /**
   * Lists the settings that this backend has beyond the common ones.
   *
   * @return the settings; none by default
   */
  default List<Setting> settings() {
    return List.of();
  }

  /**
   * Opens a backend.
   *
   * @param options options of the type that {@link #defaults()} returns
   * @param host core's side, for as long as the backend is open
   * @return a backend, ready to start runs as soon as it has given credit
   * @throws RuntimeException if it cannot be opened; it reaches the caller as the cause of a {@link
   *     dev.baton.BackendException}
   */
  Backend open(BackendOptions options, BackendHost host);
}
