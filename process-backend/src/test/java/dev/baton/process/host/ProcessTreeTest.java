package dev.baton.process.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What becomes of a process that is ended by force. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it needs a shell")
class ProcessTreeTest {

  @Test
  void whatAProcessHadWrittenIsReadThoughItIsKilled() throws Exception {
    Process process = new ProcessBuilder("sh", "-c", "echo said; echo >&2; exec sleep 60").start();
    try {
      assertEquals('\n', process.getErrorStream().read(), "it has written both");
      new ProcessTree(process, "BATON_NOBODY=here").kill();
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
      assertEquals("said\n", new String(process.getInputStream().readAllBytes(), UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }
}
