package dev.baton.internal.virtual;

import dev.baton.internal.task.SubmittedTask;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that were started and whose threads have not ended.
 *
 * <p>Most are over soon. So each has a place by its id in a page, where it stays when it is over,
 * and only lets go of its task: a thread that ends writes nothing that another thread writes. Who
 * begins a page gives up the page before the last, and moves those that are not over to a set.
 *
 * <pre>
 *   a place:  null ──add──▶ the task's thread
 *               └──page is given up──▶ CLOSED
 * </pre>
 */
final class StartedTasks {

  private static final int PLACES = 1 << 11;

  /** How far apart the places of ids that follow each other are: on a cache line each. */
  private static final int STRIDE = 1 << 5;

  private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Object[].class);
  private static final VarHandle NEWEST;

  static {
    try {
      NEWEST = MethodHandles.lookup().findVarHandle(StartedTasks.class, "newest", Page.class);
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  private static final Object CLOSED = new Object();

  /** The places of the tasks with ids of one range. */
  private static final class Page {
    private final long range;
    private final @Nullable Object[] places = new Object[PLACES];

    /**
     * The page of the range that was begun before. Cleared by the thread that began this page's
     * successor, when all that was in it is in the set.
     */
    private volatile @Nullable Page older;

    private Page(long range, @Nullable Page older) {
      this.range = range;
      this.older = older;
    }
  }

  /** The page of the highest ids; replaced, by compare-and-set, by one with higher ids. */
  private volatile Page newest = new Page(0, null);

  /** Those that outlived their page, or came after it was given up. */
  private final Set<TaskThread> lasting = ConcurrentHashMap.newKeySet();

  /** Adds a task, before its thread is started. */
  void add(TaskThread entry, long id) {
    Page page = pageOf(id / PLACES);
    if (page == null || !PLACE.compareAndSet(page.places, placeOf(id), null, entry)) {
      keep(entry);
    }
  }

  /** Keeps threads that start tasks at once from writing to the same cache line. */
  private static int placeOf(long id) {
    int inPage = (int) (id % PLACES);
    int lines = PLACES / STRIDE;
    return inPage % lines * STRIDE + inPage / lines;
  }

  /** Returns the page of a range of ids, begun now if it is the highest; null if it is given up. */
  private @Nullable Page pageOf(long range) {
    for (; ; ) {
      Page top = newest;
      if (range <= top.range) {
        Page page = top;
        while (page != null && page.range > range) {
          page = page.older;
        }
        return page != null && page.range == range ? page : null;
      }
      Page next = new Page(range, top);
      if (NEWEST.compareAndSet(this, top, next)) {
        giveUpBelow(top);
        return next;
      }
    }
  }

  private void giveUpBelow(Page page) {
    Page oldest = page.older;
    if (oldest != null) {
      for (int place = 0; place < PLACES; place++) {
        if (close(oldest.places, place) instanceof TaskThread entry && entry.task() != null) {
          keep(entry);
        }
      }
      page.older = null;
    }
  }

  /** Sees to it that nothing more comes into a place, and returns what is there. */
  private static @Nullable Object close(@Nullable Object[] places, int place) {
    Object present = PLACE.getVolatile(places, place);
    return present != null ? present : PLACE.compareAndExchange(places, place, null, CLOSED);
  }

  /**
   * Puts a task into the set. It says so in the task, which looks for that after it has let go of
   * what it runs; this looks for the latter afterwards: so one of the two takes it out.
   */
  private void keep(TaskThread entry) {
    entry.keptBy(this);
    lasting.add(entry);
    if (entry.task() == null) {
      lasting.remove(entry);
    }
  }

  /** Removes a task that is over from the set. */
  void remove(TaskThread entry) {
    lasting.remove(entry);
  }

  /** Visits all tasks, once each, that are here from the begin of the visit to its end. */
  void forEach(Consumer<SubmittedTask<?>> visitor) {
    Set<SubmittedTask<?>> found = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Page page = newest; page != null; page = page.older) {
      for (int place = 0; place < PLACES; place++) {
        addTask(PLACE.getVolatile(page.places, place), found);
      }
    }
    lasting.forEach(entry -> addTask(entry, found)); // last, because this is where they move to
    found.forEach(visitor);
  }

  private static void addTask(@Nullable Object entry, Set<SubmittedTask<?>> found) {
    SubmittedTask<?> task = entry instanceof TaskThread thread ? thread.task() : null;
    if (task != null) {
      found.add(task);
    }
  }
}
