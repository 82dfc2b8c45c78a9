package dev.baton.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class BorrowedThreadTest {

  private final Thread thread = Thread.currentThread();
  private final String name = thread.getName();
  private final ClassLoader loader = thread.getContextClassLoader();

  @AfterEach
  void restore() {
    Thread.interrupted();
    MDC.clear();
    thread.setName(name);
    thread.setContextClassLoader(loader);
  }

  private void changeAll() {
    thread.setName("changed");
    thread.setContextClassLoader(null);
    MDC.put("changed", "yes");
    thread.interrupt();
  }

  @Test
  void aThreadIsLeftAsItWasFound() {
    MDC.put("kept", "yes");
    BorrowedThread.run(this::changeAll);
    assertSame(name, thread.getName());
    assertSame(loader, thread.getContextClassLoader());
    assertEquals("yes", MDC.get("kept"));
    assertNull(MDC.get("changed"));
    assertFalse(thread.isInterrupted());
  }

  @Test
  void anInterruptThatWasPendingIsHiddenFromTheTaskAndSetAgain() {
    thread.interrupt();
    boolean[] seen = new boolean[1];
    BorrowedThread.run(() -> seen[0] = thread.isInterrupted());
    assertFalse(seen[0]);
    assertTrue(Thread.interrupted());
  }

  @Test
  void aThreadIsRestoredThoughTheTaskThrows() {
    thread.interrupt();
    assertThrows(
        AssertionError.class,
        () ->
            BorrowedThread.run(
                () -> {
                  changeAll();
                  throw new AssertionError("no");
                }));
    assertSame(name, thread.getName());
    assertSame(loader, thread.getContextClassLoader());
    assertNull(MDC.get("changed"));
    assertTrue(Thread.interrupted());
  }
}
