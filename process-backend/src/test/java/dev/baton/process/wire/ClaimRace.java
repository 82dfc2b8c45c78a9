package dev.baton.process.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.file.Path;

/** The other JVM of the race: claims every slot of every round, and says which ones it got. */
final class ClaimRace {

  private ClaimRace() {}

  /** Takes the page, and runs until its input ends. */
  public static void main(String[] arguments) throws Exception {
    ClaimPage page = ClaimPage.open(Path.of(arguments[0]));
    DataInputStream in = new DataInputStream(System.in);
    DataOutputStream out = new DataOutputStream(System.out);
    for (long first = in.readLong(); first > 0; first = in.readLong()) {
      out.writeByte(1);
      out.flush();
      byte[] got = new byte[page.slots()];
      for (int slot = 0; slot < got.length; slot++) {
        boolean claimed = page.claim(slot, first + slot, first + slot);
        got[slot] = (byte) (claimed ? 1 : 0);
      }
      out.write(got);
      out.flush();
    }
  }
}
