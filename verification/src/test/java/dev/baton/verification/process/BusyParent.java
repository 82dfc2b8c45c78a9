package dev.baton.verification.process;

import dev.baton.Baton;
import dev.baton.TaskFuture;
import dev.baton.process.ProcessOptions;
import dev.baton.testkit.signal.Signal;
import java.util.ArrayList;
import java.util.List;

/** A program whose workers are busy in their own ways when it ends in one of its own. */
final class BusyParent {

  private BusyParent() {}

  /** Takes the port and the id of a signal, and how to end. */
  public static void main(String[] arguments) throws Exception {
    Signal begun = new Signal(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]));
    Baton baton = Baton.open(ProcessOptions.defaults().workers(3).heap(32));
    List<TaskFuture<?>> futures = new ArrayList<>();
    futures.add(baton.submit(() -> countFor(begun)));
    futures.add(baton.submit(() -> sleepFor(begun)));
    futures.add(baton.submit(() -> begun.append(pid())));
    begun.awaitTotal(2);
    futures.getLast().get(); // the third has said who it is
    switch (arguments[2]) {
      case "exit" -> System.exit(0);
      case "halt" -> Runtime.getRuntime().halt(0);
      default -> futures.getFirst().get();
    }
  }

  private static String pid() {
    return String.valueOf(ProcessHandle.current().pid());
  }

  private static long countFor(Signal begun) {
    begun.append(pid());
    begun.count();
    long sum = 0;
    for (int i = 0; i < Integer.MAX_VALUE; i++) {
      for (int j = 0; j < Integer.MAX_VALUE; j++) {
        sum += i ^ j;
      }
    }
    return sum;
  }

  private static int sleepFor(Signal begun) {
    begun.append(pid());
    begun.count();
    while (true) {
      try {
        Thread.sleep(100_000);
      } catch (InterruptedException ignored) {
        begun.isOpen(); // it is that stubborn
      }
    }
  }
}
