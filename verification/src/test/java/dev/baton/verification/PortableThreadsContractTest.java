package dev.baton.verification;

import dev.baton.ThreadOptions;
import dev.baton.testkit.BackendHarness;
import dev.baton.testkit.Shape;
import dev.baton.testkit.contract.BackendContract;

/** The contract on threads whose tasks and results are copied as if they went elsewhere. */
final class PortableThreadsContractTest implements BackendContract {

  @Override
  public BackendHarness harness() {
    return BackendHarness.of(PortableThreadsContractTest::options);
  }

  private static ThreadOptions options(Shape shape) {
    ThreadOptions options = ThreadOptions.defaults().portable().workers(shape.slotsOr(2));
    Integer queue = shape.queue();
    return shape.applyTo(queue == null ? options : options.queue(queue).overflow(shape.overflow()));
  }
}
