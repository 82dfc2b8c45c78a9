package dev.baton.testkit.signal;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The server in the test's JVM, which keeps all signals. It lives as long as that JVM. */
final class SignalServer {

  private final ServerSocket listener;

  /** Guards the signals, so that what connections ask at once is handled one after the other. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<Long, SignalState> signals = new HashMap<>();

  private SignalServer(ServerSocket listener) {
    this.listener = listener;
  }

  private static final class Holder {
    static final SignalServer SERVER = start();

    private static SignalServer start() {
      try {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SignalServer server = new SignalServer(listener);
        daemon("testkit-signals-accept", server::accept);
        return server;
      } catch (IOException noPort) {
        throw new UncheckedIOException("The signal server found no free loopback port", noPort);
      }
    }
  }

  /** Returns the port of this JVM's server. */
  static int port() {
    return Holder.SERVER.listener.getLocalPort();
  }

  static void daemon(String name, Runnable work) {
    Thread.ofPlatform().name(name).daemon(true).start(work);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        daemon("testkit-signals-serve", () -> serve(socket));
      } catch (IOException failed) {
        throw new UncheckedIOException("The signal server cannot accept connections", failed);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      while (!socket.isClosed()) {
        handle(Request.read(in), reply -> send(reply, out));
      }
    } catch (IOException gone) {
      // The other side ended, which some tests do to it on purpose.
    }
  }

  private void handle(Request request, Consumer<Reply> answer) {
    lock.lock();
    try {
      signals.computeIfAbsent(request.signal(), id -> new SignalState()).handle(request, answer);
      if (request.operation() == Operation.DROP) {
        signals.remove(request.signal());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Is called under the lock, which also keeps the bytes of replies to one connection apart. */
  private static void send(Reply reply, OutputStream out) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      reply.write(new DataOutputStream(bytes));
      bytes.writeTo(out);
      out.flush();
    } catch (IOException gone) {
      // Nobody waits for this reply any more.
    }
  }
}
