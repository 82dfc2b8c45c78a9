package dev.baton.process.codec;

import dev.baton.RemoteFailureException;
import java.io.PrintWriter;
import java.io.StreamCorruptedException;
import java.io.Writer;

/**
 * An exception as text, for a peer that cannot have the exception itself. Its methods are the
 * user's, so whatever they do, it ends and some text comes of it.
 */
record StandIn(String className, String message, String stackText) {

  static final int LONGEST_MESSAGE = 4 * 1024;
  static final int LONGEST_STACK = 64 * 1024;

  static StandIn of(Throwable thrown) {
    return new StandIn(thrown.getClass().getName(), messageOf(thrown), stackOf(thrown));
  }

  /** Returns an exception's message, or what happened to whoever asked for it. */
  static String messageOf(Throwable thrown) {
    try {
      String message = thrown.getMessage();
      return message == null ? "no message" : cut(message, LONGEST_MESSAGE);
    } catch (Throwable broken) {
      return "getMessage() threw " + broken.getClass().getName();
    }
  }

  private static String stackOf(Throwable thrown) {
    CappedWriter text = new CappedWriter();
    try {
      thrown.printStackTrace(new PrintWriter(text));
    } catch (CappedWriter.Full full) {
      return text + note(LONGEST_STACK);
    } catch (Throwable broken) {
      return text
          + thrown.getClass().getName()
          + " (printStackTrace() threw "
          + broken.getClass().getName()
          + ")";
    }
    return text.toString();
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + note(most);
  }

  private static String note(int most) {
    return "... (cut at " + most + " characters)";
  }

  void write(Output out) {
    Scalars.writeString(className, out);
    Scalars.writeString(message, out);
    Scalars.writeString(stackText, out);
  }

  static StandIn read(Input in) throws StreamCorruptedException {
    return new StandIn(Scalars.readString(in), Scalars.readString(in), Scalars.readString(in));
  }

  /** Makes the exception that stands for the one that could not come, for a reason. */
  RemoteFailureException toException(Throwable reason) {
    RemoteFailureException failure = new RemoteFailureException(className, message, stackText);
    failure.addSuppressed(reason);
    return failure;
  }

  /** Ends a stack trace that is too long, or has no end. */
  private static final class CappedWriter extends Writer {

    private final StringBuilder text = new StringBuilder();

    @Override
    public void write(char[] source, int offset, int length) {
      int room = LONGEST_STACK - text.length();
      text.append(source, offset, Math.min(room, length));
      if (room < length) {
        throw new Full();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
      return text.toString();
    }

    /** Says that no more is wanted. */
    static final class Full extends RuntimeException {
      @java.io.Serial private static final long serialVersionUID = 1L;

      Full() {
        super("enough", null, false, false);
      }
    }
  }
}
