package dev.baton.spi;

import dev.baton.Baton;
import dev.baton.Task;
import dev.baton.TaskContext;
import dev.baton.internal.Entry;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one worker keeps between its tasks: resources and bound clients, each made at its first use
 * and closed with the worker, the last made first.
 */
public final class WorkerScope implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerScope.class);

  private final Map<Class<?>, Task<?>> factories;
  private final Map<Object, Cell> cells = new ConcurrentHashMap<>();
  private final Deque<AutoCloseable> toClose = new ConcurrentLinkedDeque<>();

  /** The place of one thing that is made once: null, or what is made. */
  private static final class Cell {

    /**
     * Who makes the thing now, set by compare-and-set by the task that makes it, and cleared by it
     * afterwards. Tasks that need the thing meanwhile wait as they wait for a future, and not for a
     * lock: so the one that makes it may wait, too, on a loop that all of them share.
     */
    final AtomicReference<@Nullable Making> making = new AtomicReference<>();

    /** What is made; written by who makes it, before {@link #making} is cleared. */
    volatile @Nullable Object made;
  }

  /** An attempt to make a thing. */
  private static final class Making {
    final Thread maker = Thread.currentThread();
    final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
  }

  /**
   * Makes an empty scope.
   *
   * @param factories what may be asked for by type
   */
  public WorkerScope(Map<Class<?>, Task<?>> factories) {
    this.factories = factories;
  }

  /**
   * Returns the scope of the worker that runs the current task.
   *
   * @return the scope
   * @throws IllegalStateException outside a task
   */
  public static WorkerScope current() {
    return Entry.currentScope();
  }

  /**
   * Returns the resource of a type.
   *
   * @param type the type
   * @param <R> the type
   * @return the resource
   * @throws IllegalArgumentException if there is no factory for the type
   * @throws Exception what the factory throws; the next use tries again
   */
  public <R> R resource(Class<R> type) throws Exception {
    Task<?> factory = factories.get(type);
    if (factory == null) {
      throw new IllegalArgumentException(
          "This executor has no resource of type "
              + type.getName()
              + ". Give its options one: .resource("
              + type.getSimpleName()
              + ".class, () -> ...). It has: "
              + factories.keySet().stream().map(Class::getName).sorted().toList());
    }
    return type.cast(shared(type, factory));
  }

  /**
   * Returns what stands under a key, made now if nothing does.
   *
   * @param key the key
   * @param factory makes it
   * @param <C> the type
   * @return what stands under the key
   * @throws Exception what the factory throws; the next use tries again
   */
  @SuppressWarnings("unchecked") // a key is used with one factory only
  public <C> C shared(Object key, Task<? extends C> factory) throws Exception {
    Cell cell = cells.computeIfAbsent(key, absent -> new Cell());
    for (; ; ) {
      Object made = cell.made;
      if (made != null) {
        return (C) made;
      }
      Making other = cell.making.get();
      if (other == null) {
        makeUnlessOther(cell, key, factory);
      } else if (other.maker == Thread.currentThread()) {
        throw new IllegalStateException("The factory of resource " + key + " asks for itself.");
      } else {
        Entry.awaitStage(other.over);
      }
    }
  }

  private void makeUnlessOther(Cell cell, Object key, Task<?> factory) throws Exception {
    Making mine = new Making();
    if (!cell.making.compareAndSet(null, mine)) {
      return;
    }
    try {
      if (cell.made == null) {
        cell.made = make(key, factory);
      }
    } finally {
      cell.making.set(null);
      mine.over.complete(null);
    }
  }

  private Object make(Object key, Task<?> factory) throws Exception {
    Object made = factory.call();
    if (made == null) {
      throw new IllegalStateException("The factory of resource " + key + " returned null.");
    }
    if (made instanceof AutoCloseable closeable) {
      toClose.push(closeable);
    }
    return made;
  }

  /**
   * Opens, in a worker, the executor that the worker belongs to, for {@link TaskContext#baton()}.
   * It has core's futures, waits and timeouts, and submits to where the executor is. Its {@link
   * Baton#stats()} tell of the tasks that were submitted through it. {@link Baton#close()} is an
   * {@link IllegalStateException}: it would wait for the task that calls it. Only what never
   * reached the executor could be returned by {@link Baton#shutdownNow()}, and that is nothing.
   *
   * @param executor where the executor is
   * @return the executor
   */
  public static Baton open(RemoteExecutor executor) {
    return Entry.open(executor);
  }

  /**
   * Runs a body as a task of this worker, without a slot that it could lend: {@link
   * TaskContext#current()} is the given context. For backends that run bodies elsewhere.
   *
   * @param context the task's context there
   * @param body the body
   * @param <T> the type of the result
   * @return what the body returns
   * @throws Exception what the body throws
   */
  public <T extends @Nullable Object> T call(TaskContext context, Callable<T> body)
      throws Exception {
    return Entry.callWithin(this, context, null, body);
  }

  /**
   * Runs a body as a task of this worker: {@link TaskContext#current()} is the given context, and
   * the slot is lent while the body waits for another task of the context's {@link
   * TaskContext#baton()}. For backends that run bodies elsewhere.
   *
   * @param context the task's context there
   * @param slot what the body takes
   * @param body the body
   * @param <T> the type of the result
   * @return what the body returns
   * @throws Exception what the body throws
   */
  public <T extends @Nullable Object> T call(TaskContext context, Slot slot, Callable<T> body)
      throws Exception {
    return Entry.callWithin(this, context, slot, body);
  }

  /** Closes what was made, the last made first. What a close throws is logged. */
  @Override
  public void close() {
    cells.clear();
    for (AutoCloseable resource; (resource = toClose.poll()) != null; ) {
      closeQuietly(resource);
    }
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Throwable failure) {
      LOG.warn("Closing the worker's resource {} failed", resource, failure);
    }
  }
}
