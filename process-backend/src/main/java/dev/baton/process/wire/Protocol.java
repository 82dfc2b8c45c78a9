package dev.baton.process.wire;

/** Which version of the protocol is spoken. */
public final class Protocol {

  /** The version that this code speaks. */
  public static final int VERSION = 7;

  private Protocol() {}

  /** Reads the version, which stands first in every version's hello and ready. */
  static void checkVersion(WireInput in) throws WireException {
    int version = in.int32("the version of the protocol");
    if (version != VERSION) {
      throw in.malformed(
          "Version %d of the protocol, where this side speaks %d (use one baton-process for both),"
              .formatted(version, VERSION));
    }
  }
}
