package dev.baton.verification.loopback;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Values and exceptions that make trouble on their way. */
final class Travellers {

  private Travellers() {}

  /** Can be encoded and not decoded. */
  static final class OneWay implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    @Serial
    private void readObject(ObjectInputStream in) {
      throw new IllegalStateException("no way back");
    }
  }

  /** Cannot be encoded, because its own code throws. */
  static final class NoWay implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
      throw new IOException("no way out");
    }
  }

  /** Tells which thread decodes it, and may hold it up. */
  record Witness(Gate gate) implements Serializable {
    static final Queue<Thread> DECODERS = new ConcurrentLinkedQueue<>();

    Witness {
      DECODERS.add(Thread.currentThread());
      if (gate.arrivals() > 0) {
        gate.passStubbornly();
      }
    }
  }

  /** An exception that cannot be encoded. */
  static final class Stuck extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // on purpose
    private final Object held = new Object();

    Stuck(String message) {
      super(message);
    }

    Object held() {
      return held;
    }
  }

  /** An exception that can be encoded and not decoded. */
  static final class OneWayException extends Exception {
    @Serial private static final long serialVersionUID = 1L;
    private final OneWay held = new OneWay();

    OneWayException(String message) {
      super(message);
    }

    OneWay held() {
      return held;
    }
  }

  /** An exception whose own methods throw. */
  static final class Hostile extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
    private final NoWay held = new NoWay();

    NoWay held() {
      return held;
    }

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message for you");
    }
  }
}
