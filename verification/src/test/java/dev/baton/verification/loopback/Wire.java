package dev.baton.verification.loopback;

import dev.baton.TaskEncodingException;
import dev.baton.spi.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Turns tasks and outcomes into bytes and back, by the JDK's serialization. */
final class Wire {

  private final @Nullable ClassLoader loader;

  /** Makes a wire whose far end looks for classes with a loader. */
  Wire(@Nullable ClassLoader loader) {
    this.loader = loader;
  }

  byte[] encodeTask(Callable<?> task, String name) {
    try {
      return encode(task);
    } catch (IOException | RuntimeException | StackOverflowError failure) {
      throw new TaskEncodingException(
          "Task "
              + name
              + " cannot be encoded: "
              + failure
              + ". Make what it captures serializable, or do not capture it.",
          failure);
    }
  }

  Callable<?> decodeTask(byte[] bytes, String name) {
    try {
      return (Callable<?>) Objects.requireNonNull(decode(bytes), "task");
    } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError failure) {
      throw new TaskEncodingException(
          "Task " + name + " cannot be decoded in its worker: " + failure + ".", failure);
    }
  }

  /** Encodes what came of a body; a result that cannot be encoded becomes a failure. */
  byte[] encodeOutcome(Callable<?> body, String name) {
    Throwable failure;
    try {
      return encodeResult(body.call(), name);
    } catch (Throwable thrown) {
      failure = thrown;
    }
    try {
      return encode(surrogateOf(failure));
    } catch (IOException impossible) {
      throw new AssertionError("Text and bytes can be encoded.", impossible);
    }
  }

  private byte[] encodeResult(@Nullable Object result, String name) {
    try {
      return encode(result);
    } catch (IOException | RuntimeException | StackOverflowError failure) {
      throw new TaskEncodingException(
          "The result of task "
              + name
              + " cannot be encoded: "
              + failure
              + ". Return something serializable.",
          failure);
    }
  }

  private static Surrogate surrogateOf(Throwable failure) {
    try {
      return new Surrogate(failure, encode(failure));
    } catch (IOException | RuntimeException | StackOverflowError onlyAsText) {
      return new Surrogate(failure, null);
    }
  }

  Outcome decodeOutcome(byte[] bytes, String name) {
    Object decoded;
    try {
      decoded = decode(bytes);
    } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError failure) {
      throw new TaskEncodingException(
          "The result of task " + name + " cannot be decoded: " + failure + ".", failure);
    }
    return decoded instanceof Surrogate surrogate
        ? new Outcome.Failure(failureOf(surrogate))
        : new Outcome.Success(decoded);
  }

  private Throwable failureOf(Surrogate surrogate) {
    try {
      byte[] encoded = surrogate.encoded();
      if (encoded != null && decode(encoded) instanceof Throwable itself) {
        return itself;
      }
    } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError onlyAsText) {
      // The text below says all that is left.
    }
    return surrogate.standIn();
  }

  /** Returns what the other side makes of an object. */
  Object copy(Object original) throws IOException, ClassNotFoundException {
    return Objects.requireNonNull(decode(encode(original)));
  }

  private static byte[] encode(@Nullable Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  @SuppressWarnings("BanSerializableRead") // the bytes come from this JVM
  private @Nullable Object decode(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new LoaderInput(new ByteArrayInputStream(bytes), loader)) {
      return in.readObject();
    }
  }

  /** Finds classes with a loader of its own choice. */
  private static final class LoaderInput extends ObjectInputStream {

    private final @Nullable ClassLoader loader;

    LoaderInput(InputStream in, @Nullable ClassLoader loader) throws IOException {
      super(in);
      this.loader = loader;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass type)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(type.getName(), false, loader);
      } catch (ClassNotFoundException primitive) {
        return super.resolveClass(type);
      }
    }
  }
}
