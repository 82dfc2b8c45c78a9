package dev.baton.process.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A stream whose writes wait for permits, and which remembers each of them. */
final class GatedStream extends OutputStream {

  private final Semaphore permits;
  private final CountDownLatch entered = new CountDownLatch(1);
  private final List<byte[]> writes = new ArrayList<>();
  private volatile boolean broken;
  private volatile boolean closed;

  GatedStream(int permits) {
    this.permits = new Semaphore(permits);
  }

  @Override
  public void write(int b) {
    throw new UnsupportedOperationException("byte by byte");
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    entered.countDown();
    permits.acquireUninterruptibly();
    if (broken) {
      throw new IOException("Broken pipe");
    }
    synchronized (writes) {
      writes.add(Arrays.copyOfRange(bytes, offset, offset + length));
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Waits until somebody is in a write. */
  void awaitEntered() throws InterruptedException {
    entered.await();
  }

  void open() {
    permits.release(1_000_000);
  }

  void breakDown() {
    broken = true;
    open();
  }

  boolean isClosed() {
    return closed;
  }

  List<byte[]> writes() {
    synchronized (writes) {
      return List.copyOf(writes);
    }
  }

  byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    writes().forEach(all::writeBytes);
    return all.toByteArray();
  }
}
