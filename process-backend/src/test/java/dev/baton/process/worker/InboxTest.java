package dev.baton.process.worker;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits for the task thread, and which of it a cancel finds. */
class InboxTest {

  private final Inbox inbox = new Inbox(new IdleSpin());

  private Assignment added(long id) {
    Assignment task = new Assignment(id, TinyHost.head(0), ByteBuffer.allocate(0), List.of());
    inbox.add(task);
    return task;
  }

  @Test
  void aTaskIsFoundUntilTheNextIsTaken() {
    Assignment first = added(1);
    added(2);
    assertSame(first, inbox.find(1));
    inbox.take();
    assertSame(first, inbox.find(1));
    inbox.take();
    assertNull(inbox.find(1));
  }

  @Test
  void ofATaskThatCameTwiceTheOneThatRunsIsFound() {
    Assignment running = added(1);
    added(1);
    inbox.take();
    assertSame(running, inbox.find(1));
  }
}
