package dev.baton.process.worker;

import dev.baton.Baton;
import dev.baton.TaskRejectedException;
import dev.baton.process.codec.Decoder;
import dev.baton.process.wire.Answer;
import dev.baton.process.wire.Frame;
import dev.baton.process.wire.Hello;
import dev.baton.process.wire.Lend;
import dev.baton.process.wire.Opcode;
import dev.baton.spi.Slot;
import dev.baton.spi.WorkerScope;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The way from bodies to their executor, opened when the first body asks for it. */
final class ParentBaton {

  /** Longer descriptions of what is waited for are cut. */
  private static final int LONGEST_DESCRIPTION = 1_000;

  private final Hello hello;
  private final ParentLink link;
  private final Decoder decoder;
  private final ClassLoader loader;

  /** Guards the making, so that there is one. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Volatile: written once, under the lock, and read without it. */
  private volatile @Nullable Baton baton;

  ParentBaton(Hello hello, ParentLink link, Decoder decoder, ClassLoader loader) {
    this.hello = hello;
    this.link = link;
    this.decoder = decoder;
    this.loader = loader;
  }

  /** Returns the executor. */
  Baton get() {
    Baton open = baton;
    return open == null ? open() : open;
  }

  private Baton open() {
    lock.lock();
    try {
      Baton open = baton;
      if (open == null) {
        open = WorkerScope.open(new ParentExecutor(hello, link, decoder, loader));
        baton = open;
      }
      return open;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the slot of a task, which is the parent's to lend. */
  Slot slotOf(long task) {
    return new ParentSlot(task, link);
  }

  /** Asks the parent for each wait. */
  private record ParentSlot(long task, ParentLink link) implements Slot {

    @Override
    public boolean lend(long awaited, String description) {
      String named =
          description.length() <= LONGEST_DESCRIPTION
              ? description
              : description.substring(0, LONGEST_DESCRIPTION) + "...";
      Answer answer = link.ask(request -> new Lend(request, awaited, named).frame(task));
      String refusal = answer.text();
      if (refusal != null) {
        throw new TaskRejectedException(refusal);
      }
      return answer.yes();
    }

    @Override
    public void resume() {
      link.say(Frame.of(Opcode.RESUME, task));
    }
  }
}
