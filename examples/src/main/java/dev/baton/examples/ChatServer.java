package dev.baton.examples;

import dev.baton.Await;
import dev.baton.Baton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A chat room on an event loop. Each guest is a task that waits for lines; who is in the room is a
 * plain map, because one task of the loop runs at a time and lets others run only where it awaits.
 */
public final class ChatServer implements AutoCloseable {

  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Baton loop = Baton.open("async");

  /** Who is in the room; touched by tasks of the loop only. */
  private final Map<String, Guest> room = new LinkedHashMap<>();

  ChatServer() throws IOException {
    loop.submit(this::welcome);
  }

  /**
   * Lets two guests talk.
   *
   * @param args none
   * @throws IOException if the connection fails
   */
  public static void main(String[] args) throws IOException {
    List<String> heard = talk();
    Check.that(heard.equals(List.of("Grace came", "Grace: hello", "Grace left")), heard);
    System.out.println("Ada heard: " + String.join(", ", heard) + ".");
  }

  static List<String> talk() throws IOException {
    try (ChatServer server = new ChatServer();
        Guest ada = server.enter("Ada")) {
      try (Guest grace = server.enter("Grace")) {
        grace.say("hello");
        grace.hear();
      }
      List<String> heard = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        heard.add(ada.hear());
      }
      return heard;
    }
  }

  /** Connects, and waits until the room knows the guest. */
  Guest enter(String name) throws IOException {
    Guest guest = Guest.on(new Socket(door.getInetAddress(), door.getLocalPort()));
    guest.say(name);
    guest.hear();
    return guest;
  }

  private void welcome() throws Exception {
    try {
      while (true) {
        Socket socket = Await.blocking(door::accept);
        loop.submit(() -> serve(socket));
      }
    } catch (SocketException closed) {
      room.values().forEach(Guest::close); // whose tasks then end too
    }
  }

  private void serve(Socket socket) throws Exception {
    try (Guest guest = Guest.on(socket)) {
      String name = Await.blocking(guest::hear);
      tellAll(name + " came");
      room.put(name, guest);
      guest.say("welcome");
      for (String line; (line = Await.blocking(guest::hear)) != null; ) {
        tellAll(name + ": " + line);
      }
      room.remove(name);
      tellAll(name + " left");
    }
  }

  /** Small lines to guests that listen fit into the socket's buffer, so this does not wait. */
  private void tellAll(String line) {
    room.values().forEach(guest -> guest.say(line));
  }

  @Override
  public void close() throws IOException {
    door.close();
    loop.close();
  }

  /**
   * One end of a connection.
   *
   * @param socket the connection
   * @param in what comes
   * @param out what goes
   */
  record Guest(Socket socket, BufferedReader in, PrintWriter out) implements AutoCloseable {

    static Guest on(Socket socket) throws IOException {
      return new Guest(
          socket,
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)),
          new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8));
    }

    void say(String line) {
      out.println(line);
    }

    String hear() throws IOException {
      return in.readLine();
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException alreadyBroken) {
        System.err.println("The connection was broken: " + alreadyBroken);
      }
    }
  }
}
