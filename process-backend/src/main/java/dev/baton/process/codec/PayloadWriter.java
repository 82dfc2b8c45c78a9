package dev.baton.process.codec;

import dev.baton.Task;
import dev.baton.spi.TaskCall;
import java.io.IOException;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one payload. The first attempt writes tags alone, and gives up at the first value that
 * needs an object stream. The second puts all that has an identity into one such stream, so that
 * what is reached in two ways arrives as one object.
 */
final class PayloadWriter {

  /** So many arrays and nested lambdas are looked through for one that was written already. */
  private static final int MOST_REMEMBERED = 16;

  private final Output out;

  /** What goes into the object stream, in order; null in the attempt to do without. */
  private final @Nullable List<Object> objects;

  /** The arrays and nested lambdas written so far; a list of our own once there is one. */
  private List<Object> remembered = List.of();

  private List<Template> templates = List.of();

  private PayloadWriter(Output out, @Nullable List<Object> objects) {
    this.out = out;
    this.objects = objects;
  }

  /** Writes a payload, and returns the templates that it needs. */
  static List<Template> write(@Nullable Object value, Output out) throws IOException {
    int start = out.size();
    PayloadWriter compact = new PayloadWriter(out, null);
    if (compact.body(value)) {
      return compact.templates;
    }
    out.truncate(start);
    out.dropPieces();
    return writeStreamed(value, out);
  }

  private static List<Template> writeStreamed(@Nullable Object value, Output out)
      throws IOException {
    int start = out.size();
    out.write(Tag.STREAMED);
    int offset = out.size();
    out.writeInt(0);
    List<Object> objects = new ArrayList<>();
    PayloadWriter writer = new PayloadWriter(out, objects);
    writer.body(value);
    out.patchInt(offset, out.size() - start);
    try (ObjectWriter stream = new ObjectWriter(out, writer::need)) {
      for (Object object : objects) {
        stream.writeObject(object);
      }
    }
    return List.copyOf(writer.templates);
  }

  private boolean body(@Nullable Object value) throws IOException {
    if (value instanceof TaskCall<?> call) {
      return call(call);
    }
    return part(value);
  }

  private boolean call(TaskCall<?> call) throws IOException {
    if (call instanceof TaskCall.OfAction of) {
      out.write(Tag.ACTION);
      return part(of.action());
    }
    if (call instanceof TaskCall.OfFunction<?, ?> of) {
      out.write(Tag.FUNCTION);
      return part(of.function()) && value(of.argument());
    }
    if (call instanceof TaskCall.OfRunnable<?> of) {
      out.write(Tag.RUNNABLE);
      return part(of.runnable()) && value(of.result());
    }
    if (call instanceof TaskCall.OfStage<?> of) {
      out.write(Tag.STAGE);
      return part(of.task());
    }
    if (call instanceof TaskCall.OfChunk<?, ?> of) {
      return chunk(of);
    }
    if (call instanceof TaskCall.InContext<?> of) {
      return context(of);
    }
    return client((TaskCall.OfClient<?, ?, ?>) call);
  }

  private boolean chunk(TaskCall.OfChunk<?, ?> call) throws IOException {
    out.write(Tag.CHUNK);
    boolean written = part(call.function());
    out.writeUnsigned(call.arguments().size());
    for (Object argument : call.arguments()) {
      written = written && value(argument);
    }
    return written;
  }

  private boolean context(TaskCall.InContext<?> call) throws IOException {
    out.write(Tag.CONTEXT);
    out.writeUnsigned(call.values().size());
    for (Map.Entry<String, byte[]> entry : call.values().entrySet()) {
      Scalars.writeString(entry.getKey(), out);
      CompactArrays.write(entry.getValue(), out);
    }
    return body(call.body());
  }

  private boolean client(TaskCall.OfClient<?, ?, ?> call) throws IOException {
    out.write(Tag.CLIENT);
    Scalars.writeString(call.key(), out);
    Task<?> client = call.client();
    return part(client) && part(call.function()) && value(call.argument());
  }

  /** Writes a part of the task itself: a lambda is written by its site in both attempts. */
  private boolean part(@Nullable Object value) throws IOException {
    LambdaClass lambda = value == null ? null : LambdaClass.of(value);
    if (value == null || lambda == null) {
      return value(value);
    }
    return lambda(value, lambda);
  }

  private boolean value(@Nullable Object value) throws IOException {
    return Scalars.write(value, out) || (value != null && identified(value));
  }

  /** Writes a value that may be reached in more ways than one. */
  private boolean identified(Object value) throws IOException {
    if (objects != null) {
      out.write(Tag.OBJECT);
      objects.add(value);
      return true;
    }
    for (int i = 0; i < remembered.size(); i++) {
      if (remembered.get(i) == value) {
        out.write(Tag.SAME);
        out.writeUnsigned(i);
        return true;
      }
    }
    if (remembered.size() >= MOST_REMEMBERED) {
      return false;
    }
    LambdaClass lambda = LambdaClass.of(value);
    boolean written = lambda == null ? CompactArrays.write(value, out) : lambda(value, lambda);
    remember(value);
    return written;
  }

  private void remember(Object value) {
    if (remembered.isEmpty()) {
      remembered = new ArrayList<>(2);
    }
    remembered.add(value);
  }

  private boolean lambda(Object value, LambdaClass type) throws IOException {
    SerializedLambda captured = type.capture(value);
    LambdaSite site = type.site(captured);
    need(site);
    out.write(Tag.LAMBDA);
    out.writeUnsigned(site.id());
    for (int i = 0; i < captured.getCapturedArgCount(); i++) {
      if (!value(captured.getCapturedArg(i))) {
        return false;
      }
    }
    return true;
  }

  private void need(LambdaSite site) {
    if (templates.isEmpty()) {
      templates = site.templates();
    } else if (!templates.containsAll(site.templates())) {
      templates = new ArrayList<>(templates);
      templates.addAll(site.templates());
    }
  }
}
