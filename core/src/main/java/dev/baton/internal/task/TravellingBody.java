package dev.baton.internal.task;

import dev.baton.RemoteFailureException;
import dev.baton.internal.encoding.FailureText;
import dev.baton.internal.future.End;
import dev.baton.spi.TaskCodec;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A body that is encoded where it is submitted and decoded where it runs, and whose result is
 * encoded and decoded too, as if it ran in another JVM.
 *
 * @param <T> the type of the result
 */
public final class TravellingBody<T extends @Nullable Object> implements Callable<T> {

  private final TaskCodec codec;
  private final ClassLoader loader;
  private final Callable<? extends T> original;

  /** The body as bytes; written by the submitting thread before it queues the task. */
  private byte @Nullable [] encoded;

  /** Wraps a body that is still to be packed. */
  public TravellingBody(TaskCodec codec, ClassLoader loader, Callable<? extends T> original) {
    this.codec = codec;
    this.loader = loader;
    this.original = original;
  }

  /**
   * Encodes the body, once.
   *
   * @throws dev.baton.TaskEncodingException if it cannot travel
   */
  public void pack() {
    if (encoded == null) {
      encoded = codec.encode(original);
    }
  }

  /** Returns a copy of the body, which is what runs. */
  @SuppressWarnings("unchecked") // a copy has the type of the original
  Callable<? extends T> unpack() {
    byte[] bytes = encoded;
    if (bytes == null) {
      throw new IllegalStateException("The body was not packed: " + original);
    }
    Object copy = codec.decode(bytes, loader);
    if (copy instanceof Callable<?> body) {
      return (Callable<? extends T>) body;
    }
    throw new IllegalStateException("A codec made " + copy + " of the body " + original + ".");
  }

  /** Returns the end as it arrives: a copy of the value or of the exception. Nothing is thrown. */
  Object carryBack(Object end) {
    try {
      return end instanceof End.Failed failed
          ? new End.Failed(copyOf(failed.cause()))
          : End.of(codec.decode(codec.encode(End.value(end)), loader));
    } catch (Throwable cannotTravel) {
      return new End.Failed(cannotTravel);
    }
  }

  private Throwable copyOf(Throwable failure) {
    try {
      if (codec.decode(codec.encode(failure), loader) instanceof Throwable copy) {
        return copy;
      }
    } catch (Throwable cannotTravel) {
      RemoteFailureException standIn = FailureText.of(failure).toException();
      standIn.addSuppressed(cannotTravel);
      return standIn;
    }
    return FailureText.of(failure).toException();
  }

  /** Runs a copy of the body, for a task that was given back before it began. */
  @Override
  public T call() throws Exception {
    pack();
    return unpack().call();
  }

  @Override
  public String toString() {
    return original.toString();
  }
}
