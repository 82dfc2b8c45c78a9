package dev.baton.process.codec;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands in an object stream for a lambda that some object there holds. */
final class StreamedLambda implements Serializable {

  @Serial private static final long serialVersionUID = 1L;

  private transient int site;
  private transient @Nullable Object[] captured;

  StreamedLambda(int site, SerializedLambda lambda) {
    this.site = site;
    captured = new Object[lambda.getCapturedArgCount()];
    for (int i = 0; i < captured.length; i++) {
      captured[i] = lambda.getCapturedArg(i);
    }
  }

  int site() {
    return site;
  }

  @Nullable Object[] captured() {
    return captured;
  }

  @Serial
  private void writeObject(ObjectOutputStream stream) throws IOException {
    Output tags = new Output(32);
    List<@Nullable Object> objects = new ArrayList<>();
    for (Object value : captured) {
      if (!Scalars.write(value, tags)) {
        tags.write(Tag.OBJECT);
        objects.add(value);
      }
    }
    stream.writeInt(site);
    stream.writeByte(captured.length);
    stream.writeInt(tags.size());
    stream.write(tags.array(), 0, tags.size());
    for (Object value : objects) {
      stream.writeObject(value);
    }
  }

  @Serial
  private void readObject(ObjectInputStream stream) throws IOException, ClassNotFoundException {
    site = stream.readInt();
    captured = new Object[stream.readUnsignedByte()];
    Input tags = new Input(ByteBuffer.wrap(stream.readNBytes(stream.readInt())));
    for (int i = 0; i < captured.length; i++) {
      int tag = tags.readByte();
      captured[i] = tag == Tag.OBJECT ? stream.readObject() : Scalars.read(tag, tags);
    }
  }
}
