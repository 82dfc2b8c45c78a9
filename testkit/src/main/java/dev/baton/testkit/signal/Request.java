package dev.baton.testkit.signal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * One request to the server.
 *
 * @param number tells the replies of one connection apart
 * @param operation what is asked
 * @param signal the signal that it is asked of
 * @param argument the count to wait for, else 0
 * @param text the line to append, else empty
 */
record Request(long number, Operation operation, long signal, int argument, String text) {

  void write(DataOutputStream out) throws IOException {
    out.writeLong(number);
    out.writeUTF(operation.name());
    out.writeLong(signal);
    out.writeInt(argument);
    out.writeUTF(text);
  }

  static Request read(DataInputStream in) throws IOException {
    return new Request(
        in.readLong(), Operation.valueOf(in.readUTF()), in.readLong(), in.readInt(), in.readUTF());
  }
}
