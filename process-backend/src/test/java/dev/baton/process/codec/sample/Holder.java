package dev.baton.process.codec.sample;

import dev.baton.Task;
import java.io.Serial;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A serializable object that may hold one that is not. */
@SuppressWarnings("serial") // the point of it
public final class Holder implements Serializable {

  @Serial private static final long serialVersionUID = 1L;

  private final @Nullable Object held;

  /** Makes a holder. */
  public Holder(@Nullable Object held) {
    this.held = held;
  }

  /** A lambda that captures this. */
  public Task<String> task() {
    return () -> "holds " + held;
  }

  /** What is held. */
  public @Nullable Object held() {
    return held;
  }
}
