package dev.baton.process.codec;

import java.io.ObjectInputFilter;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Both ends of a connection: each template is told once, before the first payload with it. */
final class Peer {

  final Encoder encoder = new Encoder();
  final Decoder decoder;
  final ClassLoader loader;
  final BitSet told = new BitSet();

  Peer(ClassLoader loader, @Nullable ObjectInputFilter filter) {
    this.loader = loader;
    decoder = new Decoder(filter);
  }

  /** A peer with the same classes. */
  static Peer here() {
    return new Peer(Peer.class.getClassLoader(), null);
  }

  /** A peer with classes of its own. */
  static Peer apart() {
    return new Peer(new ChildFirst(), null);
  }

  @Nullable Object send(@Nullable Object value) {
    return receive(encoder.encode(value));
  }

  @Nullable Object receive(Encoded encoded) {
    tell(encoded);
    return decoder.decode(encoded.bytes(), loader);
  }

  Throwable fail(Throwable thrown) {
    Encoded encoded = encoder.encodeFailure(thrown);
    tell(encoded);
    return decoder.decodeFailure(encoded.bytes(), loader);
  }

  void tell(Encoded encoded) {
    for (Template template : encoded.templates()) {
      if (!told.get(template.site())) {
        told.set(template.site());
        decoder.define(template.site(), template.definition());
      }
    }
  }
}
