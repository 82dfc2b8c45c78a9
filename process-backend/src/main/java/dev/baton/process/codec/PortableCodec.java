package dev.baton.process.codec;

import dev.baton.spi.TaskCodec;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The codec of worker JVMs, with each payload carrying the templates that it needs. */
public final class PortableCodec implements TaskCodec {

  /** The first byte, raised when the format changes. */
  private static final int VERSION = 1;

  private final Encoder encoder = new Encoder();

  /** Makes a codec, for {@link java.util.ServiceLoader}. */
  public PortableCodec() {}

  @Override
  public String name() {
    return "portable";
  }

  @Override
  public byte[] encode(@Nullable Object value) {
    Encoded encoded = encoder.encode(value);
    Output out = new Output(16 + 512 * encoded.templates().size() + encoded.size());
    out.write(VERSION);
    encoded.writePortable(out);
    return out.toByteArray();
  }

  @Override
  public @Nullable Object decode(byte[] encoded, ClassLoader loader) {
    Decoder decoder = new Decoder(null);
    Input in = new Input(ByteBuffer.wrap(encoded));
    try {
      int version = in.readByte();
      if (version != VERSION) {
        throw in.damaged("version " + version + " instead of " + VERSION);
      }
      return decoder.decodePortable(in.take(in.remaining()), loader);
    } catch (StreamCorruptedException damaged) {
      throw DecodingProblem.explain(damaged, encoded.length, null, loader);
    }
  }
}
