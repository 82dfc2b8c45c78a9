package dev.baton.internal.future;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The function that a test gives to a stage, with the executor that runs it. */
@SuppressWarnings("StaticAssignmentOfThrowable") // what is thrown is compared by identity
final class Probe {

  /** What the function does. */
  enum Reaction {
    RETURNS,
    RETURNS_NULL,
    THROWS,
    THROWS_ERROR,
    THROWS_CANCELLATION
  }

  /** An error of a test. */
  static final class NamedError extends Error {
    private static final long serialVersionUID = 1L;

    NamedError(String name) {
      super(name);
    }
  }

  /** What a full executor throws. */
  static final RejectedExecutionException FULL = new RejectedExecutionException("full");

  private final Reaction reaction;
  private final Ending followed;
  private final boolean followsBaton;
  private final boolean rejects;
  private final List<String> calls = new CopyOnWriteArrayList<>();

  /** The thread that runs the executor's task just now. */
  private volatile @Nullable Thread executing;

  Probe(Reaction reaction, Ending followed, boolean followsBaton, boolean rejects) {
    this.reaction = reaction;
    this.followed = followed;
    this.followsBaton = followsBaton;
    this.rejects = rejects;
  }

  /** Each call so far: its arguments, and whether the executor made it. */
  List<String> calls() {
    return calls;
  }

  Executor executor() {
    return task -> {
      if (rejects) {
        throw FULL;
      }
      executing = Thread.currentThread();
      task.run();
      executing = null;
    };
  }

  @Nullable Object call(@Nullable Object... arguments) {
    String where = executing == Thread.currentThread() ? " on the executor" : "";
    calls.add(Arrays.stream(arguments).map(Probe::shown).toList() + where);
    return switch (reaction) {
      case RETURNS -> "result";
      case RETURNS_NULL -> null;
      case THROWS -> throw new Promise.Named("thrown");
      case THROWS_ERROR -> throw new NamedError("thrown");
      case THROWS_CANCELLATION -> throw new CancellationException("thrown");
    };
  }

  /** For the methods whose function returns a stage; null stands for no stage at all. */
  @SuppressWarnings("NullAway") // null is what a careless function returns
  CompletionStage<@Nullable Object> stage(@Nullable Object argument) {
    if (call(argument) == null) {
      return null;
    }
    Promise next = followsBaton ? Promise.ofBaton() : Promise.ofJdk();
    if (followed == Ending.NEVER) {
      CompletableFuture.runAsync(() -> next.end(Ending.VALUE, "the followed"));
    } else {
      next.end(followed, "the followed");
    }
    return next.stage();
  }

  /** Shows a value or an exception; of cancels that they are cancels, for their words differ. */
  static String shown(@Nullable Object value) {
    return value instanceof CancellationException cancel && !"thrown".equals(cancel.getMessage())
        ? "a cancel"
        : String.valueOf(value);
  }
}
