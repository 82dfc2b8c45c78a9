package dev.baton.internal.encoding;

import dev.baton.TaskEncodingException;
import dev.baton.spi.TaskCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import org.jspecify.annotations.Nullable;

/**
 * JDK serialization. What is decoded passes a filter against graphs that are too deep or too large,
 * and {@code jdk.serialFilter}.
 */
final class JdkCodec implements TaskCodec {

  private static final ObjectInputFilter LIMITS =
      ObjectInputFilter.Config.createFilter("maxdepth=10000;maxrefs=100000000;maxarray=2147483639");

  @Override
  public String name() {
    return "jdk";
  }

  @Override
  public byte[] encode(@Nullable Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (IOException | RuntimeException | StackOverflowError refused) {
      throw new TaskEncodingException(
          "Cannot encode a " + typeOf(value) + ": " + refused + ". Make it serializable.", refused);
    }
    return bytes.toByteArray();
  }

  private static String typeOf(@Nullable Object value) {
    return value == null ? "null" : value.getClass().getName();
  }

  @Override
  public @Nullable Object decode(byte[] encoded, ClassLoader loader) {
    try (ObjectInputStream in = new LoadingStream(new ByteArrayInputStream(encoded), loader)) {
      in.setObjectInputFilter(LIMITS);
      return in.readObject();
    } catch (IOException
        | ClassNotFoundException
        | RuntimeException
        | LinkageError
        | StackOverflowError refused) {
      throw new TaskEncodingException(
          "Cannot decode " + encoded.length + " bytes: " + refused, refused);
    }
  }

  /** A stream that finds the application's classes. */
  private static final class LoadingStream extends ObjectInputStream {
    private final ClassLoader loader;

    LoadingStream(InputStream in, ClassLoader loader) throws IOException {
      super(in);
      this.loader = loader;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass type)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(type.getName(), false, loader);
      } catch (ClassNotFoundException notThere) {
        return super.resolveClass(type); // primitive types among others
      }
    }
  }
}
