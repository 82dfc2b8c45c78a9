package dev.baton.process.worker;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.baton.process.wire.TaskHead;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What waits for the task thread, and which of it a cancel finds. */
class InboxTest {

  private final Inbox inbox = new Inbox(new IdleSpin());

  private Assignment added(long id) {
    return added(id, TinyHost.head(0));
  }

  private Assignment added(long id, TaskHead head) {
    Assignment task = new Assignment(id, head, ByteBuffer.allocate(0), List.of());
    inbox.add(task);
    return task;
  }

  @Test
  void aTaskIsFoundUntilTheNextIsTaken() {
    Assignment first = added(1);
    added(2);
    assertSame(first, inbox.find(1, 1));
    inbox.take();
    assertSame(first, inbox.find(1, 1));
    inbox.take();
    assertNull(inbox.find(1, 1));
  }

  @Test
  void ofATaskThatCameTwiceTheOneThatRunsIsFound() {
    Assignment running = added(1);
    added(1);
    inbox.take();
    assertSame(running, inbox.find(1, 1));
  }

  @Test
  void theNextAttemptIsFoundBehindOneThatIsOver() {
    Assignment first = added(1);
    inbox.take();
    Assignment second = added(1, new TaskHead(0, 2, null, null, Map.of(), null, false));
    assertSame(first, inbox.find(1, 1));
    assertSame(second, inbox.find(1, 2));
    assertNull(inbox.find(1, 3));
  }
}
