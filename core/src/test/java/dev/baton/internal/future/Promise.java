package dev.baton.internal.future;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stage that a test ends by hand: the JDK's or ours. */
record Promise(
    CompletionStage<@Nullable Object> stage,
    Consumer<@Nullable Object> complete,
    Consumer<Throwable> fail,
    Runnable cancel) {

  /** An exception of a test, known by its name. */
  static final class Named extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Named(String name) {
      super(name);
    }
  }

  static Promise ofJdk() {
    CompletableFuture<@Nullable Object> future = new CompletableFuture<>();
    return new Promise(
        future, future::complete, future::completeExceptionally, () -> future.cancel(true));
  }

  static Promise ofBaton() {
    return ofBaton(new BodilessFuture<>());
  }

  static Promise ofBaton(BodilessFuture<@Nullable Object> future) {
    return new Promise(
        future,
        value -> future.settleAndDrain(End.of(value)),
        failure -> future.settleAndDrain(new End.Failed(failure)),
        () -> future.cancel(true));
  }

  /** Ends the stage; the value or the exception tells whose it is. */
  void end(Ending ending, String owner) {
    switch (ending) {
      case VALUE -> complete.accept("value of " + owner);
      case NULL -> complete.accept(null);
      case FAILED -> fail.accept(new Named("failure of " + owner));
      case CANCELLED -> cancel.run();
      case NEVER -> {}
    }
  }
}
