package dev.baton.process.worker;

import dev.baton.process.wire.Ask;
import dev.baton.process.wire.ClaimPage;
import dev.baton.process.wire.Frame;
import dev.baton.process.wire.Region;
import java.io.IOException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Claims tasks: in the claim page or, as long as that is not mapped, by asking the parent to do so.
 * A JVM's first mapping takes as long as all the rest of a worker's start, since the JDK makes the
 * buffer by reflection; so it is made on a thread of its own, once a first task is over.
 */
final class Claims {

  private final ClaimPage.Unmapped file;

  /** What is mapped at the same time, or null. */
  private final @Nullable Region region;

  private final ParentLink parent;

  /** Whether the mapping has begun; the task thread's. */
  private boolean hasBegun;

  /**
   * Null until it is mapped. Volatile: written by the thread that maps, read by the task thread.
   */
  private volatile @Nullable ClaimPage page;

  Claims(ClaimPage.Unmapped file, @Nullable Region region, ParentLink parent) {
    this.file = file;
    this.region = region;
    this.parent = parent;
  }

  /** Claims a task, and tells whether its body is to begin. */
  boolean claim(int slot, long id) {
    ClaimPage mapped = page;
    return mapped != null
        ? mapped.claim(slot, id, System.nanoTime())
        : parent.ask(new Question(id)).yes();
  }

  /** Begins to map the page, if nobody has. */
  void mapSoon() {
    if (!hasBegun) {
      hasBegun = true;
      Thread mapper = new Thread(this::map, "baton-claims");
      mapper.setDaemon(true);
      mapper.start();
    }
  }

  private void map() {
    try {
      page = file.map();
    } catch (IOException | RuntimeException | Error noMemory) {
      LoggerFactory.getLogger(Claims.class)
          .warn("The claim page cannot be mapped; each task is claimed by a message", noMemory);
    }
    try {
      if (region != null) {
        region.map();
      }
    } catch (IOException | RuntimeException | Error noMemory) {
      LoggerFactory.getLogger(Claims.class)
          .debug("The region cannot be mapped; large results go through the pipe", noMemory);
    }
  }

  /** A class, since the first lambda of a JVM costs its start some milliseconds. */
  private record Question(long id) implements LongFunction<Frame> {
    @Override
    public Frame apply(long request) {
      return new Ask(request, Ask.Question.CLAIM).frame(id);
    }
  }
}
