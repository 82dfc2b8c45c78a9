package dev.baton.process.host;

import java.nio.ByteBuffer;

/**
 * What a relayed task returned, not decoded.
 *
 * @param portable the portable bytes of the value
 */
record RelayedValue(ByteBuffer portable) {}
