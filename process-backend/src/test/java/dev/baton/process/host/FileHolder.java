package dev.baton.process.host;

import dev.baton.process.wire.ClaimPage;
import dev.baton.process.wire.Region;
import java.nio.file.Path;

/** A program that makes a region and a claim page, says so, and is killed. */
final class FileHolder {

  private FileHolder() {}

  /** Takes the path of the region, and that of the page. */
  public static void main(String[] arguments) throws Exception {
    try (Region region = Region.create(Path.of(arguments[0]))) {
      ClaimPage page = ClaimPage.create(Path.of(arguments[1]), 1);
      System.out.println(region + ", " + page.slots() + " slots");
      System.in.read();
    }
  }
}
