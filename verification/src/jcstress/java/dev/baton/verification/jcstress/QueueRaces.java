package dev.baton.verification.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.baton.internal.threads.SegmentedQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A pool's queue: what goes in comes out once, and is seen by who looks afterwards. */
public class QueueRaces {

  private static SegmentedQueue<String> queueOf(String... elements) {
    SegmentedQueue<String> queue = new SegmentedQueue<>();
    for (String element : elements) {
      queue.add(element);
    }
    return queue;
  }

  /** A taker may come to a place before its adder does. */
  @JCStressTest
  @Outcome(
      id = {"element, null", "null, element"},
      expect = ACCEPTABLE,
      desc = "It is taken once, then or later.")
  @State
  public static class AddAgainstPoll {
    final SegmentedQueue<String> queue = queueOf();

    @Actor
    public void add() {
      queue.add("element");
    }

    @Actor
    public void poll(LL_Result r) {
      r.r1 = queue.poll();
    }

    @Arbiter
    public void after(LL_Result r) {
      r.r2 = queue.poll();
    }
  }

  /** Two takers, two elements. */
  @JCStressTest
  @Outcome(
      id = {"one, two, null", "two, one, null"},
      expect = ACCEPTABLE,
      desc = "Each has one.")
  @State
  public static class PollAgainstPoll {
    final SegmentedQueue<String> queue = queueOf("one", "two");

    @Actor
    public void poll(LLL_Result r) {
      r.r1 = queue.poll();
    }

    @Actor
    public void pollToo(LLL_Result r) {
      r.r2 = queue.poll();
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = queue.poll();
    }
  }

  /** Two adders and one who takes all that is there afterwards. */
  @JCStressTest
  @Outcome(
      id = {"one, two, null", "two, one, null"},
      expect = ACCEPTABLE,
      desc = "Both are there.")
  @State
  public static class AddAgainstAdd {
    final SegmentedQueue<String> queue = queueOf();

    @Actor
    public void add() {
      queue.add("one");
    }

    @Actor
    public void addToo() {
      queue.add("two");
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r1 = queue.poll();
      r.r2 = queue.poll();
      r.r3 = queue.poll();
    }
  }

  /** The element is taken or removed. */
  @JCStressTest
  @Outcome(
      id = {"dead, live", "live, null"},
      expect = ACCEPTABLE,
      desc = "What stays is taken once.")
  @State
  public static class RemoveAgainstPoll {
    final SegmentedQueue<String> queue = queueOf("dead", "live");

    @Actor
    public void remove() {
      queue.removeIf(element -> element.equals("dead"));
    }

    @Actor
    public void poll(LL_Result r) {
      r.r1 = queue.poll();
    }

    @Arbiter
    public void after(LL_Result r) {
      r.r2 = queue.poll();
    }
  }

  /** What a submitter and a worker that is about to park rely on. */
  @JCStressTest
  @Outcome(
      id = {"false, null, element", "false, element, null", "true, element, null"},
      expect = ACCEPTABLE,
      desc = "A queue that is not empty says so, whoever came too early.")
  @State
  public static class IsEmptyAgainstVainPoll {
    final SegmentedQueue<String> queue = queueOf();

    @Actor
    public void addAndLook(LLL_Result r) {
      queue.add("element");
      r.r1 = queue.isEmpty();
    }

    @Actor
    public void poll(LLL_Result r) {
      r.r2 = queue.poll();
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = queue.poll();
    }
  }
}
