package dev.baton.process.codec;

import dev.baton.TaskEncodingException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Encodes what travels to a peer. Nothing in a payload depends on the connection that it will take,
 * so a task is encoded on its caller's thread before a worker is chosen. Any number of threads may
 * encode at once.
 */
public final class Encoder {

  /** A lambda with a few small captured values fits without growing. */
  private static final int USUAL_SIZE = 64;

  /** What is encoded, for messages. */
  enum Role {
    TASK("task"),
    RESULT("result"),
    VALUE("value"),
    EXCEPTION("exception");

    private final String noun;

    Role(String noun) {
      this.noun = noun;
    }

    String noun() {
      return noun;
    }
  }

  private final Pieces pieces;
  private final @Nullable PiecePool pool;

  /** Makes an encoder. */
  public Encoder() {
    this(Pieces.NONE, null);
  }

  private Encoder(Pieces pieces, @Nullable PiecePool pool) {
    this.pieces = pieces;
    this.pool = pool;
  }

  /**
   * Makes an encoder for payloads that travel in {@linkplain Encoded#pieces pieces}.
   *
   * @param pool has memory for them; who is done with a payload {@linkplain Encoded#release
   *     releases} it
   * @return an encoder that puts large arrays of primitives beside the payload, as copies
   */
  public static Encoder ofPieces(PiecePool pool) {
    return new Encoder(Pieces.COPIED, pool);
  }

  /**
   * Makes an encoder for payloads that are written before anybody may change what is in them.
   *
   * @return an encoder that puts large arrays of primitives beside the payload, those of bytes
   *     without a copy
   */
  public static Encoder ofSharedPieces() {
    return new Encoder(Pieces.SHARED, null);
  }

  /**
   * Encodes a task or another value that is not a result.
   *
   * @param value a {@link Callable}, such as a {@link dev.baton.spi.TaskCall}, or any other value
   * @return its encoded form
   * @throws TaskEncodingException if it cannot be encoded; the message names the object in the way
   */
  public Encoded encode(@Nullable Object value) {
    return encode(value, value instanceof Callable ? Role.TASK : Role.VALUE);
  }

  /**
   * Encodes what a task returned.
   *
   * @param result the result
   * @return its encoded form
   * @throws TaskEncodingException if it cannot be encoded; it is what the task then fails with
   */
  public Encoded encodeResult(@Nullable Object result) {
    return encode(result, Role.RESULT);
  }

  private Encoded encode(@Nullable Object value, Role role) {
    Output out = new Output(USUAL_SIZE, pieces, pool);
    List<Template> templates = write(value, role, out);
    return new Encoded(out, templates, pool);
  }

  /** Writes a value; whatever the user's code throws in there becomes one kind of exception. */
  private static List<Template> write(@Nullable Object value, Role role, Output out) {
    try {
      List<Template> templates = PayloadWriter.write(value, out);
      out.checkSize();
      return templates;
    } catch (Throwable failure) {
      throw EncodingProblem.explain(value, role, failure);
    }
  }

  /**
   * Encodes what a task threw, beside a textual stand-in for it. It always succeeds: where the
   * exception itself cannot be encoded, the stand-in alone travels.
   *
   * @param thrown the exception
   * @return its encoded form, for {@link Decoder#decodeFailure}
   */
  public Encoded encodeFailure(Throwable thrown) {
    Output out = new Output(4096);
    StandIn.of(thrown).write(out);
    int start = out.size();
    try {
      out.write(Tag.NULL);
      List<Template> templates = write(thrown, Role.EXCEPTION, out);
      return new Encoded(out, templates);
    } catch (TaskEncodingException problem) {
      out.truncate(start);
      Scalars.writeString(StandIn.messageOf(problem), out);
      return new Encoded(out, List.of());
    }
  }
}
