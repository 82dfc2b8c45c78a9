package dev.baton.testkit;

import dev.baton.BackendOptions;
import dev.baton.Baton;
import dev.baton.Capabilities;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the contract's tests get at a backend: implemented by its author, mostly in one line.
 *
 * <pre>{@code
 * BackendHarness.of(shape -> shape.applyTo(ThreadOptions.defaults().workers(shape.slotsOr(2))));
 * }</pre>
 */
@FunctionalInterface
public interface BackendHarness {

  /**
   * Opens an executor.
   *
   * @param shape what the test needs
   * @return a new executor of that shape, or null if this backend has none; the test is then
   *     skipped
   */
  @Nullable Baton open(Shape shape);

  /**
   * Is told that an executor of this harness is terminated, so that what is behind it can be
   * closed.
   *
   * @param baton what {@link #open} returned
   */
  default void closed(Baton baton) {}

  /**
   * Declares the rows that this backend cannot keep. Their tests are skipped, and the report at the
   * end shows the reasons.
   *
   * @return the reason for each such row; none by default
   */
  default Map<Row, String> exemptions() {
    return Map.of();
  }

  /**
   * Tells what the backend can do.
   *
   * @return the capabilities
   */
  default Capabilities capabilities() {
    Baton baton = open(Shape.any());
    if (baton == null) {
      throw new IllegalStateException(
          "A harness has to open an executor of " + Shape.any() + ", this one returned null.");
    }
    try (baton) {
      return baton.capabilities();
    } finally {
      closed(baton);
    }
  }

  /**
   * Makes a harness of a backend's options.
   *
   * @param options returns options of a shape, or null if the backend has no such shape
   * @return the harness
   */
  static BackendHarness of(Function<Shape, ? extends @Nullable BackendOptions> options) {
    return shape -> {
      BackendOptions chosen = options.apply(shape);
      return chosen == null ? null : Baton.open(chosen);
    };
  }
}
