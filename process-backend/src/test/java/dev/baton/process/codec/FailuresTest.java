package dev.baton.process.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.RemoteFailureException;
import dev.baton.process.codec.sample.HttpClient;
import dev.baton.process.codec.sample.SampleException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.PrintWriter;
import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a task threw arrives unchanged, or as a text that stands for it. */
class FailuresTest {

  private final Peer here = Peer.here();

  @Test
  void anExceptionKeepsAllThatItHas() {
    IllegalStateException cause = new IllegalStateException("cause");
    IOException thrown = new IOException("top \u4e16", cause);
    thrown.addSuppressed(new ArithmeticException("beside"));
    Throwable arrived = here.fail(thrown);
    assertSame(IOException.class, arrived.getClass());
    assertEquals("top \u4e16", arrived.getMessage());
    assertArrayEquals(thrown.getStackTrace(), arrived.getStackTrace());
    assertEquals("cause", Objects.requireNonNull(arrived.getCause()).getMessage());
    assertArrayEquals(cause.getStackTrace(), arrived.getCause().getStackTrace());
    assertEquals(1, arrived.getSuppressed().length);
    assertEquals("beside", arrived.getSuppressed()[0].getMessage());
  }

  @Test
  void errorsArriveToo() {
    assertInstanceOf(StackOverflowError.class, here.fail(new StackOverflowError()));
    assertInstanceOf(OutOfMemoryError.class, here.fail(new OutOfMemoryError("heap")));
  }

  @Test
  void anExceptionOfTheApplicationArrivesAsTheClassOfItsLoader() {
    Peer apart = Peer.apart();
    Throwable arrived = apart.fail(new SampleException("mine"));
    assertEquals(SampleException.class.getName(), arrived.getClass().getName());
    assertSame(apart.loader, arrived.getClass().getClassLoader());
  }

  @Test
  void anExceptionWhoseClassIsMissingArrivesAsText() {
    String missing = SampleException.class.getName();
    Peer without = new Peer(new ChildFirst(missing), null);
    SampleException thrown = new SampleException("mine");
    RemoteFailureException arrived =
        assertInstanceOf(RemoteFailureException.class, without.fail(thrown));
    assertEquals(missing, arrived.className());
    assertTrue(arrived.stackText().startsWith(missing + ": mine"), arrived.stackText());
    assertTrue(arrived.stackText().contains("FailuresTest.java:"), arrived.stackText());
    String reason = String.valueOf(arrived.getSuppressed()[0].getMessage());
    assertTrue(
        reason.endsWith(
            " bytes: class "
                + missing
                + " was not found by the loader apart. Put it on the class path of both sides."),
        reason);
  }

  @SuppressWarnings("serial") // the point of it
  private static final class Holding extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
    private final Object held = new HttpClient();

    @Override
    public @Nullable String getMessage() {
      return "holding " + held.getClass().getSimpleName();
    }
  }

  @Test
  void anExceptionThatCannotBeEncodedArrivesAsTextWithTheReason() {
    RemoteFailureException arrived =
        assertInstanceOf(RemoteFailureException.class, here.fail(new Holding()));
    assertEquals(Holding.class.getName(), arrived.className());
    assertEquals(
        "Cannot encode the exception: field held of FailuresTest$Holding, is a"
            + " dev.baton.process.codec.sample.HttpClient, which is not serializable. Either make"
            + " dev.baton.process.codec.sample.HttpClient implement java.io.Serializable, or mark"
            + " the field transient.",
        arrived.getSuppressed()[0].getMessage());
  }

  /** Does all that an exception should not. */
  private static final class Hostile extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final Object unwritable = new HttpClient();

    @Override
    public String getMessage() {
      throw new IllegalStateException(unwritable.toString());
    }

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("no cause");
    }

    @Override
    public void printStackTrace(PrintWriter writer) {
      writer.print("half ");
      throw new IllegalStateException("no trace");
    }
  }

  @Test
  void anExceptionWhoseMethodsThrowStillArrives() {
    RemoteFailureException arrived =
        assertInstanceOf(RemoteFailureException.class, here.fail(new Hostile()));
    assertEquals(Hostile.class.getName(), arrived.className());
    assertEquals(
        "half "
            + Hostile.class.getName()
            + " (printStackTrace() threw java.lang.IllegalStateException)",
        arrived.stackText());
    assertTrue(
        String.valueOf(arrived.getMessage())
            .contains("getMessage() threw java.lang.IllegalStateException"));
  }

  /** Has a new cause whenever it is asked. */
  private static final class Endless extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final Object unwritable = new HttpClient();

    @Override
    public synchronized Throwable getCause() {
      return unwritable == null ? this : new Endless();
    }
  }

  @Test
  void aChainOfCausesWithoutEndIsCut() {
    RemoteFailureException arrived =
        assertInstanceOf(RemoteFailureException.class, here.fail(new Endless()));
    assertTrue(arrived.stackText().endsWith("... (cut at 65536 characters)"));
    assertTrue(arrived.stackText().length() < 66_000);
  }

  @Test
  void aCycleOfCausesArrivesAsOne() {
    RuntimeException first = new RuntimeException("first");
    RuntimeException second = new RuntimeException("second", first);
    first.initCause(second);
    Throwable arrived = here.fail(first);
    assertEquals("first", arrived.getMessage());
    Throwable cause = Objects.requireNonNull(arrived.getCause());
    assertSame(arrived, cause.getCause());
  }

  @Test
  void aHugeMessageArrivesWholeAndItsStandInIsCut() {
    String huge = "x".repeat(10_000_000);
    Encoded encoded = here.encoder.encodeFailure(new RuntimeException(huge));
    assertTrue(encoded.size() < 10_000_000 + 100_000, encoded::toString);
    assertEquals(huge, here.fail(new RuntimeException(huge)).getMessage());
    StandIn standIn = StandIn.of(new RuntimeException(huge));
    assertEquals("x".repeat(4096) + "... (cut at 4096 characters)", standIn.message());
    assertTrue(standIn.stackText().endsWith("... (cut at 65536 characters)"));
  }

  @Test
  void anExceptionWithoutAMessageHasAStandInThatSaysSo() {
    assertEquals("no message", StandIn.of(new RuntimeException()).message());
  }

  /** Can be written and not read. */
  private static final class Unreadable extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    @Serial
    private void readObject(ObjectInputStream stream) {
      throw new IllegalStateException("unreadable");
    }
  }

  @Test
  void anExceptionThatRefusesToBeReadArrivesAsText() {
    RemoteFailureException arrived =
        assertInstanceOf(RemoteFailureException.class, here.fail(new Unreadable()));
    assertEquals(Unreadable.class.getName(), arrived.className());
    String reason = String.valueOf(arrived.getSuppressed()[0].getMessage());
    assertTrue(
        reason.endsWith(
            "java.lang.IllegalStateException: unreadable. It was thrown while an object was read;"
                + " the cause shows where."),
        reason);
  }
}
