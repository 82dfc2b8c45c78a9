package dev.baton.process.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.process.codec.Encoder;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Where a worker's classes come from. */
class ClassLoadingTest {

  private static final ClassLoader OWN =
      Objects.requireNonNull(ClassLoadingTest.class.getClassLoader());

  @Test
  void usersClassesComeFromTheClassPathAndBatonsOwnFromTheWorker() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      assertEquals("application", host.call(LoadTasks.loaderOf(LoadTasks.class.getName())));
      assertEquals("app", host.call(LoadTasks.loaderOf("dev.baton.Baton")));
      assertEquals("app", host.call(LoadTasks.loaderOf(Encoder.class.getName())));
      assertEquals("app", host.call(LoadTasks.loaderOf("org.slf4j.Logger")));
      assertEquals("platform", host.call(LoadTasks.loaderOf("java.sql.Driver")));
      assertEquals(List.of(), host.asked());
    }
  }

  @Test
  void allThreadsFindUsersClasses() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      assertEquals("true true true true", host.call(LoadTasks.loadersOfThreads()));
    }
  }

  @Test
  void withoutAClassPathAllIsFetched() throws Exception {
    try (TinyHost host = TinyHost.ready(Launch.pipes().withoutClassPath(OWN))) {
      assertEquals("application", host.call(LoadTasks.loaderOf(LoadTasks.class.getName())));
      assertTrue(host.asked().contains(LoadTasks.class.getName()), () -> host.asked().toString());
      assertEquals(
          "dev.baton.process.worker baton:/ class bytes",
          host.call(LoadTasks.describeFetched("dev/baton/process/worker/LoadTasks.class")));
    }
  }

  @Test
  void manyThreadsFetchAtOnce() throws Exception {
    try (TinyHost host = TinyHost.ready(Launch.pipes().withoutClassPath(OWN))) {
      List<String> names = LoadTasks.Many.names();
      assertEquals(names.size(), host.call(LoadTasks.loadInParallel(names, 8)));
      for (String name : names) {
        assertEquals(1, Collections.frequency(host.asked(), name), name);
      }
    }
  }

  @Test
  void anInterruptDuringAFetchIsKeptAndTheClassIsLoaded() throws Exception {
    SlowLoader slow = new SlowLoader(LoadTasks.Many.A.class.getName());
    try (TinyHost host = TinyHost.ready(Launch.pipes().withoutClassPath(slow))) {
      long id = host.send(LoadTasks.useWhileInterrupted());
      slow.awaitAsked();
      host.awaitOutput("interrupted");
      slow.goOn();
      assertEquals("used, interrupted true", host.value(id));
      assertEquals("used, interrupted false", host.call(LoadTasks.use()));
    }
  }

  @Test
  void whatTheParentDoesNotHaveIsAskedForOnce() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      for (int i = 0; i < 3; i++) {
        assertEquals("none", host.call(LoadTasks.loaderOf("no.such.Type")));
        assertEquals(0, host.call(LoadTasks.resourceLength("no/such/resource")));
      }
      assertEquals(List.of("no.such.Type", "no/such/resource"), host.asked());
    }
  }

  @Test
  void withoutFetchingNothingIsAskedFor() throws Exception {
    try (TinyHost host = TinyHost.ready(Launch.pipes().withOption("class-fetch", "false"))) {
      assertEquals("none", host.call(LoadTasks.loaderOf("no.such.Type")));
      assertEquals(List.of(), host.asked());
    }
  }

  @Test
  void resourcesAreFoundOnceEach() throws Exception {
    String services = "META-INF/services/dev.baton.spi.TaskCodec";
    try (TinyHost host = TinyHost.ready()) {
      assertEquals(1, host.call(LoadTasks.countResources(services)));
      assertEquals(1, host.call(LoadTasks.countResources("junit-platform.properties")));
    }
    try (TinyHost host = TinyHost.ready(Launch.pipes().withoutClassPath(OWN))) {
      assertEquals(1, host.call(LoadTasks.countResources("junit-platform.properties")));
      int length =
          (Integer)
              Objects.requireNonNull(
                  host.call(LoadTasks.resourceLength("junit-platform.properties")));
      assertTrue(length > 10);
    }
  }
}
