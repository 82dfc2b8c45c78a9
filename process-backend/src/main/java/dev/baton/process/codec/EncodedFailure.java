package dev.baton.process.codec;

import dev.baton.RemoteFailureException;
import java.io.Serial;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a task threw, not decoded, on its way through a JVM that need not know its class. */
public final class EncodedFailure extends RemoteFailureException {

  @Serial private static final long serialVersionUID = 1L;

  /** Null only in a copy that was serialized, which has the text. */
  private final transient @Nullable ByteBuffer portable;

  EncodedFailure(StandIn text, ByteBuffer portable) {
    super(text.className(), text.message(), text.stackText());
    this.portable = portable;
  }

  /**
   * Returns the bytes to pass on.
   *
   * @return the portable bytes of {@link Encoder#encodeFailure}, in a buffer of the caller's own,
   *     or null if they are not here
   */
  public @Nullable ByteBuffer portable() {
    return portable == null ? null : portable.duplicate();
  }
}
