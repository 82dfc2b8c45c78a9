package dev.baton.process.host;

import dev.baton.process.wire.Region;
import java.nio.file.Path;

/** A program that makes a region, says so, and is killed. */
final class RegionHolder {

  private RegionHolder() {}

  /** Takes the path of the region. */
  public static void main(String[] arguments) throws Exception {
    try (Region region = Region.create(Path.of(arguments[0]))) {
      System.out.println(region);
      System.in.read();
    }
  }
}
