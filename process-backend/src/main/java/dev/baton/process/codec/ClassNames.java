package dev.baton.process.codec;

/** Class names for messages. */
final class ClassNames {

  private ClassNames() {}

  /** Returns a name without its package. */
  static String shortName(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Returns the name of an object's class without its package. */
  static String shortName(Object object) {
    return shortName(object.getClass().getTypeName());
  }
}
