package dev.baton.internal.future;

import java.util.concurrent.Executor;

/** The executor that a future belongs to, as far as futures need to know it. */
public interface Home {

  /** The home of futures that no executor made, such as copies of foreign stages. */
  Home NOWHERE =
      new Home() {
        @Override
        public String name() {
          return "none";
        }

        @Override
        public String backend() {
          return "none";
        }

        @Override
        public Executor callbacks() {
          return Thread::startVirtualThread;
        }
      };

  /** Names the executor. */
  String name();

  /** Names its backend. */
  String backend();

  /** Tells whether to look for a moment for the end of a task with a given id before blocking. */
  default boolean isWorthALook(long id) {
    return true;
  }

  /** Runs what must not run on the thread that completes a future; never rejects. */
  Executor callbacks();
}
