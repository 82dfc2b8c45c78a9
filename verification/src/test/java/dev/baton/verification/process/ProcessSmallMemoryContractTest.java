package dev.baton.verification.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.baton.testkit.BackendHarness;
import dev.baton.testkit.contract.BackendContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract in worker JVMs whose shared memory has no room for a single slot. */
@Tag("long")
final class ProcessSmallMemoryContractTest implements BackendContract {

  /** Has one name, because programs that the contract starts open executors here too. */
  private static final Path MEMORY =
      Path.of(System.getProperty("java.io.tmpdir"), "baton-small-memory");

  @BeforeAll
  static void mount() throws Exception {
    Files.createDirectories(MEMORY);
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", MEMORY.toString()),
        "only root may mount a small tmpfs");
  }

  @AfterAll
  static void unmount() throws Exception {
    run("umount", "-l", MEMORY.toString());
    Files.delete(MEMORY);
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  @Override
  public BackendHarness harness() {
    return new ProcessHarness(options -> options.sharedMemory(MEMORY));
  }
}
