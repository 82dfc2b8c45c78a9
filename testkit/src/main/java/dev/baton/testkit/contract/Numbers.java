package dev.baton.testkit.contract;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;

/** The numbers from zero up, as an input that knows how far it was read. */
final class Numbers implements Iterable<Integer> {

  private final int end;
  private final AtomicInteger read = new AtomicInteger();

  Numbers(int end) {
    this.end = end;
  }

  /** Returns how many were read. */
  int read() {
    return read.get();
  }

  @Override
  public Iterator<Integer> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return read.get() < end;
      }

      @Override
      public Integer next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return read.getAndIncrement();
      }
    };
  }
}
