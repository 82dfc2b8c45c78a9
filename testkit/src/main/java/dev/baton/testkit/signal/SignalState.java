package dev.baton.testkit.signal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** What the server knows of one signal. All methods are called under the server's lock. */
final class SignalState {

  private boolean open;
  private int total;
  private final List<String> lines = new ArrayList<>();
  private final List<Waiter> waiters = new ArrayList<>();

  /** A request whose reply is due when the signal is open, or when its total is reached. */
  private record Waiter(Request request, Consumer<Reply> answer) {}

  void handle(Request request, Consumer<Reply> answer) {
    switch (request.operation()) {
      case OPEN, DROP -> open = true;
      case COUNT -> total++;
      case APPEND -> lines.add(request.text());
      default -> {}
    }
    waiters.add(new Waiter(request, answer));
    answerWhatIsDue();
  }

  private void answerWhatIsDue() {
    for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
      Waiter waiter = each.next();
      if (isDue(waiter.request())) {
        each.remove();
        waiter.answer().accept(reply(waiter.request()));
      }
    }
  }

  private boolean isDue(Request request) {
    return switch (request.operation()) {
      case AWAIT -> open;
      case AWAIT_TOTAL -> total >= request.argument();
      default -> true;
    };
  }

  private Reply reply(Request request) {
    boolean asksForLines = request.operation() == Operation.LINES;
    int value = request.operation() == Operation.IS_OPEN ? (open ? 1 : 0) : total;
    return new Reply(request.number(), value, asksForLines ? List.copyOf(lines) : List.of());
  }
}
