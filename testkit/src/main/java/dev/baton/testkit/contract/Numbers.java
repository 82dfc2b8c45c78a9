package dev.baton.testkit.contract;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The numbers from zero up, as an input that knows how far it was read. */
final class Numbers implements Iterable<Integer> {

  private final int end;
  private final AtomicInteger read = new AtomicInteger();

  Numbers(int end) {
    this.end = end;
  }

  /** Returns the numbers from zero up to a given one, in whose place something is thrown. */
  static Iterable<Integer> brokenAt(int end, RuntimeException broken) {
    return () ->
        Stream.iterate(0, number -> number + 1)
            .peek(
                number -> {
                  if (number == end) {
                    throw broken;
                  }
                })
            .iterator();
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
