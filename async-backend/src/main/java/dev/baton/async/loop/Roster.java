package dev.baton.async.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The runners of one backend. They are its nodes themselves, because there may be a million: each
 * waiting task has one.
 */
final class Roster {

  /** Guards the list; nothing else is locked or called under it. */
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable Runner first;

  private int size;

  void add(Runner runner) {
    lock.lock();
    try {
      runner.next = first;
      if (first != null) {
        first.previous = runner;
      }
      first = runner;
      size++;
    } finally {
      lock.unlock();
    }
  }

  void remove(Runner runner) {
    lock.lock();
    try {
      if (runner.next != null) {
        runner.next.previous = runner.previous;
      }
      if (runner.previous != null) {
        runner.previous.next = runner.next;
      } else {
        first = runner.next;
      }
      size--;
    } finally {
      lock.unlock();
    }
  }

  /** Returns those that are there now. */
  List<Runner> all() {
    lock.lock();
    try {
      List<Runner> all = new ArrayList<>(size);
      for (Runner runner = first; runner != null; runner = runner.next) {
        all.add(runner);
      }
      return all;
    } finally {
      lock.unlock();
    }
  }
}
