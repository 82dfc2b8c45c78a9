package dev.baton.testkit.exit;

import dev.baton.Baton;
import dev.baton.testkit.signal.Signal;
import java.util.concurrent.CompletableFuture;

/** What a program leaves behind when its main method returns. */
public enum Scenario {
  /** An executor that was never used. */
  UNUSED {
    @Override
    void leave(Baton baton, Signal signal) {}
  },
  /** An executor whose tasks are all over. */
  IDLE {
    @Override
    void leave(Baton baton, Signal signal) throws Exception {
      for (int i = 0; i < 10; i++) {
        baton.submit(() -> 1).get();
      }
    }
  },
  /** A task that runs. */
  RUNNING {
    @Override
    void leave(Baton baton, Signal signal) throws Exception {
      baton.submit(() -> finish(signal));
      signal.awaitTotal(1);
    }
  },
  /** A task that runs, submitted by execute. */
  EXECUTED {
    @Override
    void leave(Baton baton, Signal signal) throws Exception {
      baton.execute(() -> finish(signal));
      signal.awaitTotal(1);
    }
  },
  /** A task that waits for its turn. */
  PENDING {
    @Override
    void leave(Baton baton, Signal signal) throws Exception {
      baton.submit(
          () -> {
            signal.count();
            signal.await();
          });
      signal.awaitTotal(1);
      baton.submit(() -> sayFinished(signal));
    }
  },
  /** A body that runs on after its future was cancelled. */
  CANCELLED {
    @Override
    void leave(Baton baton, Signal signal) throws Exception {
      var future =
          baton.submit(
              () -> {
                signal.count();
                signal.awaitUninterruptibly();
                sayFinished(signal);
              });
      signal.awaitTotal(1);
      future.cancel(false);
    }
  },
  /** An open stage, which holds no thread. */
  OPEN_STAGE {
    @Override
    void leave(Baton baton, Signal signal) throws Exception {
      baton.submitAsync(
          () -> {
            CompletableFuture<Void> stage = new CompletableFuture<>();
            Thread completer =
                new Thread(
                    () -> {
                      signal.awaitUninterruptibly();
                      sayFinished(signal);
                      stage.complete(null);
                    });
            completer.setDaemon(true);
            completer.start();
            signal.count();
            return stage;
          });
      signal.awaitTotal(1);
    }
  },
  /** A task that runs while main ends by an exception. */
  FAILED_MAIN {
    @Override
    void leave(Baton baton, Signal signal) throws Exception {
      RUNNING.leave(baton, signal);
      throw new IllegalStateException("main ends by this on purpose");
    }
  },
  /** A task that runs while the executor is shut down. */
  SHUT_DOWN {
    @Override
    void leave(Baton baton, Signal signal) throws Exception {
      RUNNING.leave(baton, signal);
      baton.shutdown();
    }
  };

  private static void finish(Signal signal) throws InterruptedException {
    signal.count();
    signal.await();
    sayFinished(signal);
  }

  /** Counts once more than what said that the scenario is set up. */
  private static void sayFinished(Signal signal) {
    signal.append("finished");
    signal.count();
  }

  /** Does what a main method does before it returns. */
  abstract void leave(Baton baton, Signal signal) throws Exception;

  /**
   * Tells whether something is left that keeps the JVM alive until the signal is opened.
   *
   * @return whether the exit has to wait
   */
  public boolean isUnfinished() {
    return this != UNUSED && this != IDLE;
  }
}
