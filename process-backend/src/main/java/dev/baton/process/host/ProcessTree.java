package dev.baton.process.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process and those that it has started, as far as they can be found. */
final class ProcessTree {

  private static final Path PROC = Path.of("/proc");

  private final Process root;
  private final String marker;

  /**
   * Makes a tree.
   *
   * @param root the process
   * @param marker a variable of its environment, with its value, that no other process has
   */
  ProcessTree(Process root, String marker) {
    this.root = root;
    this.marker = marker;
  }

  /**
   * Ends all by force. Those who have left the tree are found on Linux, by their environment. The
   * pipes are left alone, where {@link Process#destroyForcibly} closes them: what the root has
   * written can still be read.
   */
  void kill() {
    List<ProcessHandle> descendants = root.descendants().toList();
    root.toHandle().destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    if (Files.isDirectory(PROC)) {
      killMarked();
    }
  }

  private void killMarked() {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (isMarked(process)) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
              .ifPresent(ProcessHandle::destroyForcibly);
        }
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      // what the tree itself shows has to do
    }
  }

  private boolean isMarked(Path process) {
    try {
      byte[] environment = Files.readAllBytes(process.resolve("environ"));
      return ("\0" + new String(environment, StandardCharsets.ISO_8859_1))
          .contains("\0" + marker + "\0");
    } catch (IOException endedOrAnotherUsers) {
      return false;
    }
  }
}
