package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.Task;
import dev.baton.TaskContext;
import dev.baton.TaskOptions;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a task submits another, that one has no more time than its submitter has left. */
@Promise(Row.TIMEOUTS)
public interface DeadlineInheritanceContract extends ContractTest {

  /** What the submitting task has; the other times are far from it on either side. */
  Duration OUTER = Duration.ofMinutes(5);

  /** More than that. */
  Duration LOOSER = Duration.ofHours(1);

  /** Less than that, and never up within a test. */
  Duration TIGHTER = Duration.ofMinutes(2);

  /** Returns how much later the inner task has to be over than the one that submits it. */
  private static Duration innerHasMore(Baton baton, Nesting way, @Nullable Duration own)
      throws Exception {
    Task<List<Instant>> outer =
        () -> List.of(Nesting.end(), way.endOfInner(TaskContext.current().baton(), own));
    List<Instant> ends =
        baton.submit(TaskOptions.none().deadline(OUTER), outer).get(Failures.PATIENCE);
    return Duration.between(ends.getFirst(), ends.getLast());
  }

  /** From a worker JVM goes what is left of a deadline, and counts from its arrival. */
  private static void assertInherited(Duration more, Baton baton) {
    Duration onItsWay = baton.capabilities().encodes() ? Failures.PATIENCE : Duration.ZERO;
    assertTrue(!more.isNegative() && more.compareTo(onItsWay) <= 0, () -> "it has more: " + more);
  }

  @ParameterizedTest
  @EnumSource
  default void aTaskInheritsTheDeadlineOfTheOneThatSubmitsIt(Nesting way, Fixture given)
      throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    assertInherited(innerHasMore(baton, way, null), baton);
    Instant free = way.endOfInner(baton, null);
    assertEquals(Instant.MAX, free, "outside a task there is none to inherit");
  }

  @ParameterizedTest
  @EnumSource(names = {"SUBMIT", "SUBMIT_ASYNC", "BIND", "GROUP", "GROUP_WITH_DEADLINE"})
  default void aLooserDeadlineOfItsOwnWidensNothing(Nesting way, Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    assertInherited(innerHasMore(baton, way, LOOSER), baton);
  }

  @ParameterizedTest
  @EnumSource(names = {"SUBMIT", "SUBMIT_ASYNC", "BIND", "GROUP", "GROUP_WITH_DEADLINE"})
  default void aTighterDeadlineOfItsOwnCounts(Nesting way, Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Duration more = innerHasMore(baton, way, TIGHTER);
    assertTrue(more.compareTo(Duration.ofMinutes(-2)) < 0, () -> "it has more: " + more);
  }
}
