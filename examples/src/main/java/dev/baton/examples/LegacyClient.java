package dev.baton.examples;

import dev.baton.Baton;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskTimeoutException;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A blocking client that ignores interrupts, wrapped so that its calls can be given up. */
public final class LegacyClient {

  private static final Duration LONG = Duration.ofSeconds(10);

  private LegacyClient() {}

  /**
   * Asks a server twice, which answers only once.
   *
   * @param args none
   * @throws Exception if the wrapped client does not behave
   */
  public static void main(String[] args) throws Exception {
    Replies replies = askTwice();
    Check.that(replies.answer.equals("pong"), replies);
    Check.that(replies.failure instanceof TaskTimeoutException, replies);
    System.out.println("The first call was answered: " + replies.answer);
    System.out.println(
        "The second was given up, and had stopped "
            + replies.untilStopped.toMillis()
            + " ms later: "
            + replies.failure);
  }

  /** What came of the two calls. */
  record Replies(String answer, @Nullable Throwable failure, Duration untilStopped) {}

  static Replies askTwice() throws Exception {
    try (Baton baton = Baton.open("threads");
        ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Function<Integer, TaskFuture<String>> ask =
          baton.bind(TaskOptions.none().timeout(Duration.ofSeconds(2)), LegacyClient::ask);

      TaskFuture<String> answered = ask.apply(server.getLocalPort());
      answerOne(server);
      TaskFuture<String> unanswered = ask.apply(server.getLocalPort());

      Throwable failure = unanswered.exception(LONG);
      long start = System.nanoTime();
      unanswered.terminated().get(LONG);
      return new Replies(answered.get(), failure, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  /** The wrapper: when the caller gives up, the socket is closed, and that ends the read. */
  private static String ask(int port) throws IOException {
    try (Client client = new Client(port)) {
      TaskContext.current().onCancel(client::close);
      return client.ask("ping");
    }
  }

  /** The server: later callers are connected as well, and hear nothing. */
  private static void answerOne(ServerSocket server) throws IOException {
    try (Socket caller = server.accept()) {
      String question = readLine(caller);
      send(caller, question.equals("ping") ? "pong" : "what?");
    }
  }

  private static void send(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String readLine(Socket socket) throws IOException {
    InputStream bytes = socket.getInputStream();
    String line =
        new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8)).readLine();
    if (line == null) {
      throw new EOFException("The other side closed the connection.");
    }
    return line;
  }

  /** Stands for the library that cannot be changed: an interrupt does not end its read. */
  private static final class Client implements Closeable {

    private final Socket socket;

    Client(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
    }

    String ask(String question) throws IOException {
      send(socket, question);
      return readLine(socket);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
