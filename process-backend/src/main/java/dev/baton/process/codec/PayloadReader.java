package dev.baton.process.codec;

import dev.baton.Action;
import dev.baton.AsyncTask;
import dev.baton.Task;
import dev.baton.TaskBiFunction;
import dev.baton.TaskFunction;
import dev.baton.spi.TaskCall;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Reads one payload. */
final class PayloadReader {

  private final Map<Integer, LambdaTemplate> templates;
  private final ClassLoader loader;
  private final DecodingFilter filter;
  private final Input in;

  /** The pieces that are still to be read. */
  private final Iterator<ByteBuffer> pieces;

  /** The arrays and nested lambdas read so far; a list of our own once there is one. */
  private List<Object> remembered = List.of();

  /** The object stream at the end of the payload, if it has one. */
  private @Nullable ObjectReader objects;

  PayloadReader(
      Map<Integer, LambdaTemplate> templates,
      ClassLoader loader,
      DecodingFilter filter,
      Input in,
      List<ByteBuffer> pieces) {
    this.templates = templates;
    this.loader = loader;
    this.filter = filter;
    this.in = in;
    this.pieces = pieces.iterator();
  }

  /** Reads it all. */
  @Nullable Object read() throws Throwable {
    int tag = in.readByte();
    if (tag != Tag.STREAMED) {
      Object value = body(tag);
      requireEnd(in.position() + in.remaining());
      return value;
    }
    int end = in.readInt();
    try (ObjectReader stream = new StreamWithLambdas(in.from(end))) {
      objects = stream;
      Object value = body(in.readByte());
      requireEnd(end);
      return value;
    }
  }

  private void requireEnd(int end) throws StreamCorruptedException {
    if (in.position() != end || pieces.hasNext()) {
      throw in.damaged("more than one value");
    }
  }

  @SuppressWarnings("unchecked") // a type that does not fit shows in the constructor's cast
  private @Nullable Object body(int tag) throws Throwable {
    return switch (tag) {
      case Tag.ACTION -> new TaskCall.OfAction((Action) part());
      case Tag.FUNCTION ->
          new TaskCall.OfFunction<>((TaskFunction<@Nullable Object, Object>) part(), value());
      case Tag.RUNNABLE -> new TaskCall.OfRunnable<>((Runnable) part(), value());
      case Tag.STAGE -> new TaskCall.OfStage<>((AsyncTask<Object>) part());
      case Tag.CLIENT ->
          new TaskCall.OfClient<>(
              Scalars.readString(in),
              (Task<Object>) part(),
              (TaskBiFunction<Object, @Nullable Object, Object>) part(),
              value());
      case Tag.CHUNK ->
          new TaskCall.OfChunk<>((TaskFunction<@Nullable Object, Object>) part(), arguments());
      case Tag.CONTEXT -> context();
      case Tag.LAMBDA -> lambda();
      default -> value(tag);
    };
  }

  private TaskCall<?> context() throws Throwable {
    int count = in.readLength(2);
    Map<String, byte[]> values = new HashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(Scalars.readString(in), (byte[]) array(in.readByte()));
    }
    if (body(in.readByte()) instanceof Callable<?> body) {
      return new TaskCall.InContext<>(body, values);
    }
    throw in.damaged("no body after the values of a context");
  }

  private List<@Nullable Object> arguments() throws Throwable {
    int count = in.readLength(1);
    List<@Nullable Object> arguments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      arguments.add(value());
    }
    return arguments;
  }

  /** Reads a part of the task itself: nothing refers back to its lambda. */
  private Object part() throws Throwable {
    int tag = in.readByte();
    Object part = tag == Tag.LAMBDA ? lambda() : value(tag);
    if (part == null) {
      throw in.damaged("null where a part of a task is due");
    }
    return part;
  }

  private @Nullable Object value() throws Throwable {
    return value(in.readByte());
  }

  private @Nullable Object value(int tag) throws Throwable {
    if (Scalars.has(tag)) {
      return Scalars.read(tag, in);
    }
    return switch (tag) {
      case Tag.LAMBDA -> remember(lambda());
      case Tag.SAME -> same();
      case Tag.OBJECT -> object();
      default -> remember(array(tag));
    };
  }

  private Object array(int tag) throws StreamCorruptedException {
    if (tag == Tag.APART && pieces.hasNext()) {
      return CompactArrays.readApart(in, pieces.next(), filter);
    }
    if (!CompactArrays.has(tag)) {
      throw in.damaged("a tag of " + tag);
    }
    return CompactArrays.read(tag, in, filter);
  }

  private Object remember(Object value) {
    if (remembered.isEmpty()) {
      remembered = new ArrayList<>(2);
    }
    remembered.add(value);
    return value;
  }

  private Object same() throws StreamCorruptedException {
    long index = in.readUnsigned();
    if (index < 0 || index >= remembered.size()) {
      throw in.damaged("a reference to value " + index);
    }
    return remembered.get((int) index);
  }

  private @Nullable Object object() throws IOException, ClassNotFoundException {
    if (objects == null) {
      throw in.damaged("an object without a stream");
    }
    return objects.readObject();
  }

  private Object lambda() throws Throwable {
    LambdaTemplate template = template(in.readUnsigned());
    @Nullable Object[] captured = new Object[template.captures()];
    for (int i = 0; i < captured.length; i++) {
      captured[i] = value();
    }
    return template.make(loader, filter, captured);
  }

  private LambdaTemplate template(long site) throws StreamCorruptedException {
    LambdaTemplate template = site == (int) site ? templates.get((int) site) : null;
    if (template == null) {
      throw in.damaged("the unknown lambda site " + site);
    }
    return template;
  }

  /** Makes lambdas of what stands for them as soon as that is read. */
  private final class StreamWithLambdas extends ObjectReader {

    StreamWithLambdas(Input stream) throws IOException {
      super(stream, loader);
      enableResolveObject(true);
      setObjectInputFilter(filter);
    }

    @Override
    protected Object resolveObject(Object object) throws IOException {
      return object instanceof StreamedLambda lambda ? resolve(lambda) : object;
    }

    private Object resolve(StreamedLambda lambda) throws IOException {
      LambdaTemplate template = template(lambda.site());
      if (lambda.captured().length != template.captures()) {
        throw in.damaged("a lambda with " + lambda.captured().length + " captured values");
      }
      try {
        return template.make(loader, filter, lambda.captured());
      } catch (IOException | RuntimeException | Error passed) {
        throw passed;
      } catch (Throwable checked) {
        throw new IOException(checked.toString(), checked);
      }
    }
  }
}
