package dev.baton.process.codec;

import dev.baton.TaskEncodingException;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what one peer has encoded, with the templates that this peer has told. Any number of
 * threads may use it at once; a template is defined before a payload that needs it is decoded.
 */
public final class Decoder {

  private final @Nullable ObjectInputFilter filter;
  private final boolean isTrusted;

  /** What the peer has told: written by whoever reads the connection, read by whoever decodes. */
  private final Map<Integer, LambdaTemplate> templates = new ConcurrentHashMap<>();

  /**
   * What portable payloads have told, so that a lambda expression is linked once, whoever sends it;
   * written and read by whoever decodes. There are no more than lambda expressions in the program.
   */
  private final Map<LambdaForm, LambdaTemplate> portable = new ConcurrentHashMap<>();

  /**
   * Makes a decoder that knows no template yet.
   *
   * @param filter is asked beside the limits that always hold and {@code jdk.serialFilter}, and may
   *     refuse more than they do; null if there is none
   */
  public Decoder(@Nullable ObjectInputFilter filter) {
    this(filter, false);
  }

  private Decoder(@Nullable ObjectInputFilter filter, boolean isTrusted) {
    this.filter = filter;
    this.isTrusted = isTrusted;
  }

  /**
   * Makes a decoder for what the JVM sends that has started this one. Of that only object streams
   * are held against {@code jdk.serialFilter}.
   *
   * @return a decoder that knows no template yet
   */
  public static Decoder ofParent() {
    return new Decoder(null, true);
  }

  /**
   * Learns a template. No class is loaded for it yet.
   *
   * @param site the number that stands for the lambda expression
   * @param definition the bytes of {@link Template#definition()}
   * @throws TaskEncodingException if the bytes are damaged
   */
  public void define(int site, ByteBuffer definition) {
    try {
      templates.put(site, new LambdaTemplate(LambdaForm.parse(definition)));
    } catch (StreamCorruptedException damaged) {
      throw new TaskEncodingException(
          "Cannot learn lambda site " + site + ": " + damaged.getMessage() + ".", damaged);
    }
  }

  /**
   * Decodes a payload.
   *
   * @param payload the bytes, from position to limit; the buffer is not moved
   * @param loader finds the classes; no other loader is asked
   * @return the value
   * @throws TaskEncodingException if it cannot be decoded, for whatever reason
   */
  public @Nullable Object decode(ByteBuffer payload, ClassLoader loader) {
    return decode(payload, List.of(), loader);
  }

  /**
   * Decodes a payload that came in pieces.
   *
   * @param payload the bytes but for the pieces, from position to limit; the buffer is not moved
   * @param pieces the pieces, from position to limit; they become the value's where they have an
   *     array of their own behind them
   * @param loader finds the classes; no other loader is asked
   * @return the value
   * @throws TaskEncodingException if it cannot be decoded, for whatever reason
   */
  public @Nullable Object decode(ByteBuffer payload, List<ByteBuffer> pieces, ClassLoader loader) {
    return decode(templates, new Input(payload), pieces, loader);
  }

  /**
   * Tells whether a payload is null, a number, a boolean, a character or a string: what is decoded
   * without a class of a user's, a filter or a template.
   *
   * @param payload the bytes, from position to limit; the buffer is not moved
   * @return whether it is
   */
  public static boolean isScalar(ByteBuffer payload) {
    return payload.hasRemaining() && Scalars.has(payload.get(payload.position()) & 0xFF);
  }

  /**
   * Decodes a payload that brings its templates along.
   *
   * @param payload the bytes of {@link Encoded#portable}; the buffer is not moved
   * @param loader finds the classes; no other loader is asked
   * @return the value
   * @throws TaskEncodingException if it cannot be decoded, for whatever reason
   */
  public @Nullable Object decodePortable(ByteBuffer payload, ClassLoader loader) {
    Input in = new Input(payload);
    return decode(readTemplates(in), in.rest(), List.of(), loader);
  }

  private Map<Integer, LambdaTemplate> readTemplates(Input in) {
    try {
      int left = in.readLength(1);
      Map<Integer, LambdaTemplate> own = left == 0 ? Map.of() : new HashMap<>();
      for (; left > 0; left--) {
        int site = (int) in.readUnsigned();
        LambdaForm form = LambdaForm.parse(in.take(in.readLength(1)));
        own.put(site, portable.computeIfAbsent(form, LambdaTemplate::new));
      }
      return own;
    } catch (StreamCorruptedException damaged) {
      throw new TaskEncodingException(
          "Cannot learn the lambda sites of a portable payload: " + damaged.getMessage() + ".",
          damaged);
    }
  }

  private @Nullable Object decode(
      Map<Integer, LambdaTemplate> templates,
      Input in,
      List<ByteBuffer> pieces,
      ClassLoader loader) {
    long size = in.remaining();
    for (ByteBuffer piece : pieces) {
      size += piece.remaining();
    }
    DecodingFilter limits = null;
    try {
      limits = new DecodingFilter(filter, isTrusted, size);
      return new PayloadReader(templates, loader, limits, in, pieces).read();
    } catch (Throwable failure) {
      throw DecodingProblem.explain(failure, size, limits, loader);
    }
  }

  /**
   * Decodes what a task threw.
   *
   * @param payload the bytes of {@link Encoder#encodeFailure}; the buffer is not moved
   * @param loader finds the classes; no other loader is asked
   * @return the exception unchanged or, if it could not be encoded or cannot be decoded, a {@link
   *     dev.baton.RemoteFailureException} with the reason suppressed
   * @throws TaskEncodingException if not even the text can be read
   */
  public Throwable decodeFailure(ByteBuffer payload, ClassLoader loader) {
    return decodeFailure(templates, new Input(payload), loader);
  }

  /**
   * Decodes what a task threw, from a payload that brings its templates along.
   *
   * @param payload the portable bytes of {@link Encoder#encodeFailure}; the buffer is not moved
   * @param loader finds the classes; no other loader is asked
   * @return as {@link #decodeFailure}
   * @throws TaskEncodingException if not even the text can be read
   */
  public Throwable decodePortableFailure(ByteBuffer payload, ClassLoader loader) {
    Input in = new Input(payload);
    return decodeFailure(readTemplates(in), in.rest(), loader);
  }

  /**
   * Reads only the text of what a task threw, and keeps the bytes for whoever is to decode them.
   *
   * @param payload the portable bytes of {@link Encoder#encodeFailure}; kept, not to be changed
   * @return an exception that stands for them
   * @throws TaskEncodingException if the text cannot be read
   */
  public EncodedFailure passOnFailure(ByteBuffer payload) {
    Input in = new Input(payload);
    readTemplates(in);
    try {
      return new EncodedFailure(StandIn.read(in), payload);
    } catch (StreamCorruptedException damaged) {
      throw new TaskEncodingException(
          "Cannot read what a task threw: " + damaged.getMessage() + ".", damaged);
    }
  }

  private Throwable decodeFailure(
      Map<Integer, LambdaTemplate> templates, Input in, ClassLoader loader) {
    int size = in.remaining();
    StandIn standIn;
    @Nullable String problem;
    try {
      standIn = StandIn.read(in);
      problem = (String) Scalars.read(in.readByte(), in);
    } catch (IOException | ClassCastException damaged) {
      throw DecodingProblem.explain(damaged, size, null, loader);
    }
    if (problem != null) {
      return standIn.toException(new TaskEncodingException(problem, null));
    }
    return decodeThrowable(templates, standIn, in, loader);
  }

  private Throwable decodeThrowable(
      Map<Integer, LambdaTemplate> templates, StandIn standIn, Input in, ClassLoader loader) {
    try {
      if (decode(templates, in.rest(), List.of(), loader) instanceof Throwable thrown) {
        return thrown;
      }
      throw in.damaged("something other than an exception");
    } catch (TaskEncodingException | StreamCorruptedException reason) {
      return standIn.toException(reason);
    }
  }
}
