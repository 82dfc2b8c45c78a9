package dev.baton.process.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker prints, cut into lines for the log. It is read as fast as it comes, so that the
 * worker never waits; what comes too fast for a log is counted, not logged. Nothing is logged here:
 * an appender that blocks must hold up neither who reads nor who wants the last words.
 */
final class WorkerOutput {

  private static final Logger LOG = LoggerFactory.getLogger("dev.baton.process.output");

  private static final int LONGEST_LINE = 8 * 1024;
  private static final int LONGEST_QUOTE = 300;
  private static final int LAST_LINES = 20;
  private static final int CRASH_LINES = 30;
  private static final int LINES_A_SECOND = 1_000;
  private static final Duration EXIT_PATIENCE = Duration.ofMillis(500);

  private final String executor;
  private final Worker worker;
  private final RemoteLog log;

  /** Reads the stream; set by the worker's thread, which also waits for its end. */
  private @Nullable Thread reader;

  /** Guards all that follows: two threads may bring what was printed. */
  private final ReentrantLock lock = new ReentrantLock();

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);

  private final ByteBuffer bytes = ByteBuffer.allocate(LONGEST_LINE);
  private final CharBuffer chars = CharBuffer.allocate(LONGEST_LINE);
  private final StringBuilder line = new StringBuilder();
  private final Deque<String> last = new ArrayDeque<>();
  private final List<String> crash = new ArrayList<>();
  private boolean isCrash;
  private long second;
  private int linesThisSecond;
  private long dropped;

  WorkerOutput(String executor, Worker worker, RemoteLog log) {
    this.executor = executor;
    this.worker = worker;
    this.log = log;
  }

  /** Reads a stream to its end, on a thread of the given name. */
  void follow(InputStream in, String thread) {
    reader = Thread.ofPlatform().name(thread).daemon(true).start(() -> pump(in));
  }

  private void pump(InputStream in) {
    byte[] buffer = new byte[LONGEST_LINE];
    try (in) {
      for (int count; (count = in.read(buffer)) >= 0; ) {
        accept(buffer, 0, count);
      }
    } catch (IOException closed) {
      // the worker is gone
    } finally {
      finish();
    }
  }

  /** Takes bytes as they came; a character may be split between two calls. */
  void accept(byte[] array, int offset, int length) {
    lock.lock();
    try {
      int done = 0;
      while (done < length) {
        int count = Math.min(length - done, bytes.remaining());
        bytes.put(array, offset + done, count);
        done += count;
        decode(false);
      }
    } finally {
      lock.unlock();
    }
  }

  private void decode(boolean atEnd) {
    bytes.flip();
    decoder.decode(bytes, chars, atEnd);
    bytes.compact();
    chars.flip();
    while (chars.hasRemaining()) {
      take(chars.get());
    }
    chars.clear();
  }

  private void take(char next) {
    if (next == '\n' || line.length() >= LONGEST_LINE) {
      endLine();
    }
    if (next != '\n' && next != '\r') {
      line.append(next);
    }
  }

  private void endLine() {
    String text = line.toString();
    line.setLength(0);
    remember(text);
    if (mayLog()) {
      Assignment present = worker.present();
      String task = present == null ? null : present.run().name();
      log.then(() -> tell(task, text));
    } else {
      dropped++;
    }
  }

  private void remember(String whole) {
    String text =
        whole.length() > LONGEST_QUOTE ? whole.substring(0, LONGEST_QUOTE) + "..." : whole;
    if (last.size() == LAST_LINES) {
      last.removeFirst();
    }
    last.addLast(text);
    isCrash |= text.startsWith("# A fatal error has been detected");
    if (isCrash && crash.size() < CRASH_LINES && text.startsWith("#") && text.length() > 1) {
      crash.add(text);
    }
  }

  private boolean mayLog() {
    long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
    if (now != second) {
      second = now;
      linesThisSecond = 0;
      tellOfDropped();
    }
    return linesThisSecond++ < LINES_A_SECOND;
  }

  private void tellOfDropped() {
    if (dropped > 0) {
      long count = dropped;
      log.then(() -> LOG.warn("[{} {}] printed too fast; dropped: {}", executor, worker, count));
      dropped = 0;
    }
  }

  private void tell(@Nullable String task, String text) {
    LOG.info("[{} {}{}] {}", executor, worker, task == null ? "" : " " + task, text);
    worker.printed(task, text);
  }

  private void finish() {
    lock.lock();
    try {
      decode(true);
      if (!line.isEmpty()) {
        endLine();
      }
      tellOfDropped();
      decoder.reset(); // the other thread may still bring something
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all is read and the thread that reads is gone; a descendant that holds the pipe is
   * not waited for.
   */
  void awaitEnd() {
    boolean interrupted = Thread.interrupted();
    try {
      if (reader instanceof Thread present && !present.join(EXIT_PATIENCE)) {
        log.then(() -> LOG.debug("[{} {}] another process holds its output", executor, worker));
      }
    } catch (InterruptedException impatient) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns what a crash said, and the last lines, for a message. */
  String lastWords() {
    lock.lock();
    try {
      return section("The JVM's crash report begins:", crash)
          + section("The last lines of its output:", isCrash ? List.of() : last);
    } finally {
      lock.unlock();
    }
  }

  private static String section(String title, Iterable<String> lines) {
    if (!lines.iterator().hasNext()) {
      return "";
    }
    String indent = System.lineSeparator() + "  ";
    return System.lineSeparator() + title + indent + String.join(indent, lines);
  }
}
