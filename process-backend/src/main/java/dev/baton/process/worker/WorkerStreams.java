package dev.baton.process.worker;

import dev.baton.process.wire.Framing;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The streams that carry the frames, taken before any code of a user's runs.
 *
 * @param framing how frames lie in them
 * @param in from the parent
 * @param out to the parent
 */
record WorkerStreams(Framing framing, InputStream in, OutputStream out) {

  private static final Path FROM_PARENT = Path.of("/dev/fd/4");
  private static final Path TO_PARENT = Path.of("/dev/fd/3");

  /**
   * Takes the pipes that a shell has put beside the standard streams, of which it has pointed the
   * output at the error output and the input at nothing.
   *
   * @throws IOException if they are not there
   */
  static WorkerStreams ofPipes() throws IOException {
    check(FROM_PARENT);
    check(TO_PARENT);
    return new WorkerStreams(
        Framing.PLAIN,
        new FileInputStream(FROM_PARENT.toFile()),
        new FileOutputStream(TO_PARENT.toFile()));
  }

  /** A file is never opened: what opens it for writing makes it empty. */
  private static void check(Path path) throws IOException {
    if (!Files.exists(path) || Files.isRegularFile(path) || Files.isDirectory(path)) {
      throw new IOException(path + " is not the pipe that a worker is started with.");
    }
  }

  /**
   * Takes the standard streams, and leaves users an empty input and the error output. What a shell
   * would have done to signals is done here.
   */
  static WorkerStreams ofStandardStreams() {
    System.setIn(InputStream.nullInputStream());
    System.setOut(System.err);
    Signals.ignore();
    return new WorkerStreams(
        Framing.CHECKED,
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out));
  }
}
