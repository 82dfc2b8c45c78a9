import org.jspecify.annotations.NullMarked;

/** The contract that every backend keeps, as JUnit tests that a backend's author runs on theirs. */
@NullMarked
module dev.baton.testkit {
  requires transitive dev.baton;
  requires transitive org.junit.jupiter.api;
  requires transitive org.junit.jupiter.params;
  requires jdk.management;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports dev.baton.testkit;
  exports dev.baton.testkit.contract;
  exports dev.baton.testkit.guard;
  exports dev.baton.testkit.signal;
}
