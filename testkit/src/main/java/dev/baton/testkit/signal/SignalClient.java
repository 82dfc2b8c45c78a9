package dev.baton.testkit.signal;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A JVM's one connection to a server. Two threads of its own read and write, so that the interrupt
 * of a task hits the task's wait and never the connection.
 */
final class SignalClient {

  private static final Map<Integer, SignalClient> CLIENTS = new ConcurrentHashMap<>();

  private final int port;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, Asked> open = new ConcurrentHashMap<>();
  private final BlockingQueue<Request> outgoing = new LinkedBlockingQueue<>();

  /** What ended the connection; written before the open requests are told of it. */
  private volatile @Nullable IOException lost;

  private SignalClient(int port) {
    this.port = port;
    SignalServer.daemon("testkit-signals-receive", this::connect);
  }

  /** Returns this JVM's connection to the server at a port of the loopback interface. */
  static SignalClient to(int port) {
    return CLIENTS.computeIfAbsent(port, SignalClient::new);
  }

  /** Sends a request and returns what will have its acknowledgement. */
  Asked ask(Operation operation, long signal, int argument, String text) {
    Request request = new Request(numbers.incrementAndGet(), operation, signal, argument, text);
    Asked asked = new Asked();
    open.put(request.number(), asked);
    outgoing.add(request);
    if (lost instanceof IOException cause) {
      asked.lose(cause);
    }
    return asked;
  }

  private void connect() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
      SignalServer.daemon("testkit-signals-send", () -> send(out));
      receive(new DataInputStream(new BufferedInputStream(socket.getInputStream())));
    } catch (IOException failed) {
      lost = new IOException("The test's JVM does not answer at port " + port, failed);
      open.values().forEach(asked -> asked.lose(lost));
    }
  }

  private void send(DataOutputStream out) {
    try {
      while (true) {
        outgoing.take().write(out);
        if (outgoing.isEmpty()) {
          out.flush();
        }
      }
    } catch (IOException | InterruptedException end) {
      // The receiving thread finds the connection lost as well, and says so.
    }
  }

  private void receive(DataInputStream in) throws IOException {
    while (true) {
      Reply reply = Reply.read(in);
      Asked asked = open.remove(reply.number());
      if (asked != null) {
        asked.answer(reply);
      }
    }
  }
}
