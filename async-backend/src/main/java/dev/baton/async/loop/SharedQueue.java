package dev.baton.async.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What any thread has put into the queue of a loop, first in first out: taken from by the one that
 * holds the baton, and visited by any.
 *
 * <p>A linked list whose first node is spent. An adder swaps its node in as the tail and then links
 * the one before to it. Between these two steps the queue looks shorter than it is to the taker,
 * who does not wait for that: the adder sees to it afterwards that somebody takes.
 */
final class SharedQueue {

  private static final VarHandle HEAD;
  private static final VarHandle TAIL;
  private static final VarHandle NEXT;
  private static final VarHandle ITEM;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      HEAD = lookup.findVarHandle(SharedQueue.class, "head", Node.class);
      TAIL = lookup.findVarHandle(SharedQueue.class, "tail", Node.class);
      NEXT = lookup.findVarHandle(Node.class, "next", Node.class);
      ITEM = lookup.findVarHandle(Node.class, "item", Object.class);
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  /** One item, and who comes after it. */
  private static final class Node {
    /**
     * Null once the item is taken. Cleared with release order, after the taker says what it has.
     */
    @Nullable Object item;

    /** Written once by the adder of the next node; a volatile write, after which it may look. */
    volatile @Nullable Node next;

    Node(@Nullable Object item) {
      this.item = item;
    }
  }

  /** The spent node; written by the holder of the baton only. */
  private volatile Node head;

  /** The last node; swapped by adders. */
  @SuppressWarnings({"FieldMayBeFinal", "UnusedVariable"}) // used through TAIL
  private volatile Node tail;

  SharedQueue() {
    Node spent = new Node(null);
    head = spent;
    tail = spent;
  }

  /** Adds an item. Whoever adds has to look afterwards whether anybody holds the baton. */
  void add(Object item) {
    Node node = new Node(item);
    Node before = (Node) TAIL.getAndSet(this, node);
    before.next = node;
  }

  /** Returns the first item without taking it, or null if there is none. For the holder only. */
  @Nullable Object peek() {
    Node first = head.next;
    return first == null ? null : first.item;
  }

  /** Takes the item that was seen by {@link #peek}. For the holder only. */
  void drop() {
    Node first = Objects.requireNonNull(head.next, "something was seen");
    ITEM.setRelease(first, null);
    HEAD.setRelease(this, first);
  }

  boolean isEmpty() {
    return head.next == null;
  }

  /**
   * Tells whether nobody has added anything that is not taken, nor is about to. For the holder
   * only.
   */
  boolean isUntouched() {
    return head == tail;
  }

  /** Visits what is queued from the begin of the visit to its end. */
  void forEach(Consumer<Object> visitor) {
    for (Node node = head.next; node != null; node = (Node) NEXT.getVolatile(node)) {
      Object item = ITEM.getAcquire(node);
      if (item != null) {
        visitor.accept(item);
      }
    }
  }
}
