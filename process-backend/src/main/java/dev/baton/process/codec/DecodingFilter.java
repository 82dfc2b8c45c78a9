package dev.baton.process.codec;

import java.io.ObjectInputFilter;
import java.io.StreamCorruptedException;
import org.jspecify.annotations.Nullable;

/**
 * What may be decoded from one payload: nothing that its bytes cannot hold, no graph too deep or
 * too large, and what the user's filter and {@code jdk.serialFilter} do not refuse.
 */
final class DecodingFilter implements ObjectInputFilter {

  static final long MOST_DEPTH = 10_000;
  static final long MOST_REFERENCES = 100_000_000;

  /**
   * The tables of the JDK's hash maps may have so many slots for each byte of the payload; an entry
   * takes two bytes at least.
   */
  private static final long SLOTS_PER_BYTE = 8;

  private static final long SLOTS_FREE = 1024;

  private final @Nullable ObjectInputFilter user;
  private final boolean isTrusted;
  private final long payloadSize;
  private @Nullable String refusal;

  /**
   * Makes the filter of one payload.
   *
   * @param isTrusted whether the payload is from the JVM that has started this one, and has it run
   *     what it likes: then only object streams are held against {@code jdk.serialFilter}, which
   *     need its classes in any case
   */
  DecodingFilter(@Nullable ObjectInputFilter user, boolean isTrusted, long payloadSize) {
    this.user = user;
    this.isTrusted = isTrusted;
    this.payloadSize = payloadSize;
  }

  /** Its first use costs a JVM's start more than all else that a decoding needs. */
  private static @Nullable ObjectInputFilter ofJvm() {
    return Config.getSerialFilter();
  }

  /** Says what was refused and by whom, once something was. */
  @Nullable String refusal() {
    return refusal;
  }

  @Override
  public Status checkInput(FilterInfo info) {
    Class<?> type = info.serialClass();
    if (type == StreamedLambda.class || (type != null && type.isHidden())) {
      return Status.ALLOWED; // a lambda is asked for by its capturing class, when it is linked
    }
    String excess = excess(info);
    if (excess != null) {
      refusal = excess;
      return Status.REJECTED;
    }
    return refuses(user, "the filter given", info) || refuses(ofJvm(), "jdk.serialFilter", info)
        ? Status.REJECTED
        : Status.ALLOWED;
  }

  private @Nullable String excess(FilterInfo info) {
    if (info.depth() > MOST_DEPTH) {
      return "it is nested more than " + MOST_DEPTH + " objects deep";
    }
    if (info.references() > MOST_REFERENCES) {
      return "it has more than " + MOST_REFERENCES + " objects";
    }
    Class<?> type = info.serialClass();
    if (type != null && info.arrayLength() > mostElements(type)) {
      return "its "
          + payloadSize
          + " bytes cannot hold the "
          + info.arrayLength()
          + " elements of a "
          + type.getTypeName();
    }
    return null;
  }

  private long mostElements(Class<?> type) {
    Class<?> element = type.componentType();
    if (element != null && element.isPrimitive()) {
      return payloadSize / (element == long.class || element == double.class ? 8 : 1);
    }
    return SLOTS_PER_BYTE * payloadSize + SLOTS_FREE;
  }

  private boolean refuses(@Nullable ObjectInputFilter filter, String name, FilterInfo info) {
    if (filter == null || filter.checkInput(info) != Status.REJECTED) {
      return false;
    }
    Class<?> type = info.serialClass();
    refusal = name + " refuses " + (type == null ? "its size" : type.getTypeName());
    return true;
  }

  /** Asks for something that comes by another way than an object stream. */
  void require(Class<?> type, long arrayLength) throws StreamCorruptedException {
    boolean asked = user != null || (!isTrusted && ofJvm() != null);
    if (asked && checkInput(new Outside(type, arrayLength, payloadSize)) == Status.REJECTED) {
      throw new StreamCorruptedException(refusal);
    }
  }

  /** Something that comes by another way than an object stream. */
  private record Outside(Class<?> serialClass, long arrayLength, long streamBytes)
      implements FilterInfo {
    @Override
    public long depth() {
      return 1;
    }

    @Override
    public long references() {
      return 1;
    }
  }
}
