package dev.baton.examples;

import dev.baton.Baton;
import dev.baton.process.ProcessOptions;
import java.time.Duration;
import java.util.List;
import java.util.TimeZone;

/** A library that keeps its settings in statics, used with two settings at the same time. */
public final class SeparateStatics {

  private static final Duration LONG = Duration.ofSeconds(30);

  private SeparateStatics() {}

  /**
   * Asks two executors for their time zone, each of which has its own JVM.
   *
   * @param args none
   * @throws Exception if one sees the other's setting
   */
  public static void main(String[] args) throws Exception {
    List<String> zones = zones("Asia/Tokyo", "America/Lima");
    Check.that(zones.equals(List.of("Asia/Tokyo", "America/Lima")), zones);
    System.out.println("The default time zones are " + zones + ".");
  }

  static List<String> zones(String first, String second) throws Exception {
    ProcessOptions one = ProcessOptions.defaults().workers(1);
    try (Baton left = Baton.open(one);
        Baton right = Baton.open(one)) {
      left.submit(SeparateStatics::setZone, first).get(LONG);
      right.submit(SeparateStatics::setZone, second).get(LONG);
      return List.of(
          left.submit(() -> TimeZone.getDefault().getID()).get(LONG),
          right.submit(() -> TimeZone.getDefault().getID()).get(LONG));
    }
  }

  private static boolean setZone(String id) {
    TimeZone.setDefault(TimeZone.getTimeZone(id));
    return true;
  }
}
