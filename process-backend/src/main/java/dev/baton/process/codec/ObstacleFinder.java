package dev.baton.process.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a value once more, to nowhere, to learn how the object is reached that cannot be written.
 * The stream shows each object before it writes it; how deep it stands is seen from how often the
 * stream's own method is on the stack.
 */
final class ObstacleFinder extends ObjectOutputStream {

  /** Looking at the stack for each object takes its time; past so many the path stays unknown. */
  private static final int MOST_OBJECTS = 100_000;

  /** A graph that overflows the stack is known well enough by its first steps. */
  private static final int DEEP = 200;

  /** Exceptions keep so many frames, so a longer stack says nothing of the depth. */
  private static final int MOST_FRAMES = 1024;

  private static final String STREAM = ObjectOutputStream.class.getName();
  private static final String WRITE = "writeObject0";
  private static final String FAIL = "writeFatalException";
  private static final StackWalker STACK = StackWalker.getInstance();

  private final List<Object> path = new ArrayList<>();
  private int seen;

  /**
   * Set once the stream, on its way out, writes the exception itself after what it wrote before.
   */
  private boolean failed;

  private ObstacleFinder() throws IOException {
    super(OutputStream.nullOutputStream());
    enableReplaceObject(true);
  }

  /** Returns the objects from the value to the one in the way; empty if there is none. */
  static List<Object> find(@Nullable Object value) {
    try (ObstacleFinder finder = new ObstacleFinder()) {
      return finder.pathTo(value);
    } catch (IOException impossible) {
      return List.of(); // nothing is written
    }
  }

  private List<Object> pathTo(@Nullable Object value) {
    try {
      writeObject(value);
      return List.of();
    } catch (Deep deep) {
      return path;
    } catch (Throwable failure) {
      return path.subList(0, Math.min(path.size(), depthOf(failure)));
    }
  }

  private static int depthOf(Throwable failure) {
    StackTraceElement[] stack = failure.getStackTrace();
    return stack.length == 0 || stack.length >= MOST_FRAMES
        ? Integer.MAX_VALUE
        : (int) Arrays.stream(stack).filter(ObstacleFinder::writes).count();
  }

  private static boolean writes(StackTraceElement frame) {
    return frame.getMethodName().equals(WRITE) && frame.getClassName().equals(STREAM);
  }

  private boolean writes(StackWalker.StackFrame frame) {
    failed |= frame.getMethodName().equals(FAIL);
    return frame.getMethodName().equals(WRITE) && frame.getClassName().equals(STREAM);
  }

  @Override
  protected Object replaceObject(Object object) {
    int depth = (int) (long) STACK.walk(frames -> frames.filter(this::writes).count());
    if (failed) {
      return object;
    }
    while (!path.isEmpty() && path.size() >= depth) {
      path.removeLast();
    }
    path.add(object);
    if (++seen > MOST_OBJECTS) {
      path.clear();
      throw new Deep();
    }
    if (depth > DEEP) {
      throw new Deep();
    }
    return object;
  }

  /** Says that enough is known. */
  private static final class Deep extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    Deep() {
      super("deep enough", null, false, false);
    }
  }
}
