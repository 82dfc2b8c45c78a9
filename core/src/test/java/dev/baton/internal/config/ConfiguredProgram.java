package dev.baton.internal.config;

/** Prints with what options an executor is opened that is configured outside, or why it is not. */
final class ConfiguredProgram {

  private ConfiguredProgram() {}

  public static void main(String[] names) {
    for (String name : names) {
      try {
        System.out.println(Opened.configured(name).options());
      } catch (IllegalArgumentException refused) {
        System.out.println(refused.getMessage());
      }
    }
  }
}
