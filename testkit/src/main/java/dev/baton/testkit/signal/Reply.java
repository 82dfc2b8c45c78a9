package dev.baton.testkit.signal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The acknowledgement of a request.
 *
 * @param number the request's number
 * @param value a count, or 1 for yes
 * @param lines what was appended, where that was asked for
 */
record Reply(long number, int value, List<String> lines) {

  void write(DataOutputStream out) throws IOException {
    out.writeLong(number);
    out.writeInt(value);
    out.writeInt(lines.size());
    for (String line : lines) {
      out.writeUTF(line);
    }
  }

  static Reply read(DataInputStream in) throws IOException {
    long number = in.readLong();
    int value = in.readInt();
    int size = in.readInt();
    List<String> lines = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      lines.add(in.readUTF());
    }
    return new Reply(number, value, lines);
  }
}
