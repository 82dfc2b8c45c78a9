package dev.baton.async.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class LooksTest {

  private final Looks looks = new Looks();

  @Test
  void itIsTriedNowAndThenAndDoneForAsLongAsItPays() {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1);
    int trials = 0;
    for (int i = 0; i < 1280; i++) {
      if (looks.next() > 0) {
        looks.tried(false);
        trials++;
      }
    }
    assertEquals(10, trials);
    while (looks.next() == 0) {
      // until it is tried again
    }
    looks.tried(true);
    assertTrue(looks.next() > 0);
    assertTrue(looks.next() > 0);
    looks.tried(false);
    assertEquals(0, looks.next());
  }
}
