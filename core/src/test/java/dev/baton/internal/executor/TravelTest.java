package dev.baton.internal.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.BackendException;
import dev.baton.BackendOptions;
import dev.baton.Baton;
import dev.baton.ThreadOptions;
import dev.baton.VirtualOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An executor that is to copy its tasks, where no codec is on the class path. */
class TravelTest {

  private static final String MISSING =
      "The option portable needs a codec, and none is found."
          + " Add dev.baton:baton-process to the class path.";

  @Test
  void aMissingCodecIsNamedWithWhatToAdd() {
    for (BackendOptions options :
        List.of(ThreadOptions.defaults().portable(), VirtualOptions.defaults().portable())) {
      BackendException missing = assertThrows(BackendException.class, () -> Baton.open(options));
      assertEquals(MISSING, missing.getMessage());
    }
  }

  @Test
  void aMissingCodecIsNamedToWhoAsksForItBySettings() {
    Map<String, String> settings = Map.of("backend", "threads", "portable", "true");
    BackendException missing =
        assertThrows(BackendException.class, () -> Baton.configured("reports", settings));
    assertEquals(MISSING, missing.getMessage());
  }
}
