package dev.baton.process.worker;

import dev.baton.process.wire.Direction;
import dev.baton.process.wire.Frame;
import dev.baton.process.wire.FrameWriter;
import dev.baton.process.wire.Framing;
import dev.baton.process.wire.Region;
import java.io.IOException;
import java.util.function.Consumer;

/** The way to the parent. Once it cannot be written to, the worker is of no use, and ends. */
final class Uplink {

  private final FrameWriter writer;

  /**
   * How many bytes the result has that is being written. Volatile: written by the task thread, read
   * by whoever logs.
   */
  private volatile long resultBytes;

  Uplink(WorkerStreams streams) {
    int largestWrite =
        streams.framing() == Framing.CHECKED ? Framing.ATOMIC_WRITE : Framing.LARGEST_FRAME;
    writer = new FrameWriter(streams.framing(), streams.out(), largestWrite, new Broken());
  }

  /** A class, since the first lambda of a JVM costs its start some milliseconds. */
  private static final class Broken implements Consumer<IOException> {
    @Override
    public void accept(IOException reason) {
      ExitCode.UNANSWERABLE.halt("Its frames cannot be written: " + reason.getMessage());
    }
  }

  /** Sends large payloads by way of a region. */
  void use(Region region) {
    writer.use(region, Direction.TO_HOST);
  }

  /** Sends a frame, which may block this thread if the parent does not read. */
  boolean send(Frame frame) {
    return writer.offer(frame);
  }

  /** Sends a frame and waits until it is with the parent's system, where it outlives this JVM. */
  void sendNow(Frame frame) {
    try {
      writer.write(frame);
    } catch (IOException broken) {
      ExitCode.UNANSWERABLE.halt("A frame cannot be written: " + broken.getMessage());
    }
  }

  /** Sends frames as one and waits until they are with the parent's system. */
  void sendResult(long bytes, Frame... frames) throws IOException {
    resultBytes = bytes;
    try {
      writer.write(frames);
    } finally {
      resultBytes = 0;
    }
  }

  /** Waits until all that is small and was sent before is with the parent's system. */
  void flush() throws IOException {
    writer.write();
  }

  /** Returns how many bytes wait to be written, what is left of a result not counted. */
  long backlog() {
    return writer.queuedBytes() - resultBytes;
  }
}
