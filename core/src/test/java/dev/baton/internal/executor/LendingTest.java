package dev.baton.internal.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.Baton;
import dev.baton.TaskContext;
import dev.baton.TaskFunction;
import dev.baton.TaskFuture;
import dev.baton.TaskFutures;
import dev.baton.TaskOptions;
import dev.baton.TaskRejectedException;
import dev.baton.Until;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task is told that may not wait, because too many others do. */
@Timeout(60)
@SuppressWarnings("serial") // these tasks stay in this JVM
class LendingTest {

  private @Nullable Baton open;

  @AfterEach
  void close() {
    if (open != null) {
      open.close();
    }
  }

  private Baton lending(int slots) {
    open =
        Baton.configured("small", Map.of("backend", "threads", "workers", "1", "lend", "" + slots));
    return open;
  }

  private static <T extends @Nullable Object> TaskFuture<T> named(
      Baton baton, String name, TaskFunction<Baton, T> body) {
    return baton.submit(
        TaskOptions.none().name(name), () -> body.apply(TaskContext.current().baton()));
  }

  private static @Nullable String refusalOf(org.junit.jupiter.api.function.Executable wait) {
    return assertThrows(TaskRejectedException.class, wait).getMessage();
  }

  private static String refused(String task, String awaited, int slots, String waits) {
    return "Task "
        + task
        + " cannot wait for "
        + awaited
        + ": all "
        + slots
        + " slots that executor small may lend are lent. Raise the option lend, or do not nest so"
        + " deeply. The waits: "
        + waits
        + " > "
        + awaited
        + ".";
  }

  @Test
  void theMessageFollowsTheWaitsFromTheFirstTaskToTheLast() {
    TaskFuture<@Nullable String> a =
        named(
            lending(2),
            "a",
            x ->
                named(
                        x,
                        "b",
                        y ->
                            named(y, "c", z -> refusalOf(() -> named(z, "d", w -> 1).join()))
                                .join())
                    .join());
    assertEquals(refused("c", "d", 2, "a > b > c"), a.join());
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 9, 30})
  void aLongChainIsShortenedAtItsBegin(int slots) {
    String chain = nest(lending(slots), slots + 1);
    int hidden = Math.max(0, slots + 1 - 8);
    StringBuilder expected = new StringBuilder(hidden > 0 ? "(" + hidden + " more) > " : "");
    for (int i = hidden + 1; i <= slots + 1; i++) {
      expected.append(i > hidden + 1 ? " > " : "").append("task-").append(i);
    }
    assertEquals(
        refused("task-" + (slots + 1), "task-" + (slots + 2), slots, expected.toString()), chain);
  }

  private static String nest(Baton baton, int left) {
    TaskFuture<String> inner =
        baton.submit(() -> left == 0 ? "too deep" : nest(TaskContext.current().baton(), left - 1));
    try {
      return inner.join();
    } catch (TaskRejectedException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  @Test
  void aWaitForManyNamesTheFirstFew() {
    TaskFuture<@Nullable String> parent =
        named(
            lending(0),
            "parent",
            baton -> {
              List<TaskFuture<Integer>> two =
                  List.of(named(baton, "one", b -> 1), named(baton, "two", b -> 2));
              return refusalOf(() -> TaskFutures.waitFor(two, Until.ALL_COMPLETED));
            });
    assertEquals(refused("parent", "one, two", 0, "parent"), parent.join());
  }

  @Test
  void aWaitForVeryManyNamesThreeOfThem() {
    TaskFuture<@Nullable String> parent =
        named(
            lending(0),
            "parent",
            baton -> {
              List<TaskFuture<Integer>> many =
                  List.of("a", "b", "c", "d", "e").stream()
                      .map(name -> named(baton, name, b -> 1))
                      .toList();
              return refusalOf(() -> TaskFutures.asCompleted(many).iterator().next());
            });
    assertEquals(refused("parent", "a, b, c and more", 0, "parent"), parent.join());
  }

  @Test
  void aWaitForADependentNamesIt() {
    TaskFuture<@Nullable String> parent =
        named(
            lending(0),
            "parent",
            baton -> {
              TaskFuture<Integer> dependent = named(baton, "child", b -> 1).thenApply(n -> n + 1);
              return refusalOf(dependent::join);
            });
    assertEquals(
        refused("parent", "TaskFuture[dependent of child, not done]", 0, "parent"), parent.join());
  }

  @Test
  void aRefusedWaitLeavesTheTaskItWasForAlone() {
    Baton baton = lending(0);
    TaskFuture<TaskFuture<Integer>> parent =
        named(
            baton,
            "parent",
            same -> {
              TaskFuture<Integer> child = named(same, "child", b -> 1);
              refusalOf(child::join);
              return child;
            });
    assertEquals(1, parent.join().join());
    assertEquals(0, baton.stats().lent());
  }

  @Test
  void whatIsDoneNeedsNoSlot() {
    TaskFuture<Integer> parent =
        named(
            lending(0),
            "parent",
            baton -> {
              TaskFuture<Integer> child = baton.submit(() -> 1);
              child.cancel(true);
              return child.isCancelled()
                  ? TaskFutures.waitFor(List.of(child), Until.ALL_COMPLETED).done().size()
                  : -1;
            });
    assertEquals(1, parent.join());
  }
}
