package dev.baton.verification;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Assertions on what exceptions tell their readers. */
public final class MessageAssertions {

  private MessageAssertions() {}

  /** Fails unless the exception's message has all these parts. */
  public static void assertMessageHas(Throwable failure, String... parts) {
    String message = String.valueOf(failure.getMessage());
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "\"" + part + "\" is missing in: " + message);
    }
  }
}
