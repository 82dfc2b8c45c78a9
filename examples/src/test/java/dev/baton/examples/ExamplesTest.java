package dev.baton.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.TaskTimeoutException;
import dev.baton.examples.LegacyClient.Replies;
import dev.baton.examples.SwapBackend.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs every example as its users do, and looks at what it prints and returns. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class ExamplesTest {

  private static final String[] NO_ARGS = {};

  @Test
  void helloGreets() throws Throwable {
    assertEquals("Hello, world!\n", Printed.by(() -> Hello.main(NO_ARGS)));
    assertEquals("Hello, Ada!", Hello.greet("Ada"));
  }

  @Test
  void fibonacciGivesTheNumbersInTheOrderOfTheIndices() throws Throwable {
    assertEquals(
        "The Fibonacci numbers 28, 30 and 32 are [317811, 832040, 2178309].\n",
        Printed.by(() -> Fibonacci.main(NO_ARGS)));
    assertEquals(List.of(0L, 55L, 1L, 1L), Fibonacci.allOf(List.of(0, 10, 1, 2)));
  }

  @Test
  void sleepsOverlapSoThatTheTasksMeet() throws Throwable {
    String printed = Printed.by(() -> OverlappingSleeps.main(NO_ARGS));
    assertTrue(printed.endsWith("Left met right, right met left.\n"), printed);
    assertEquals(List.of("right", "left"), OverlappingSleeps.sleepAndMeet());
  }

  @Test
  void fetchPagesGetsEachPageInTheOrderOfTheAddresses() throws Throwable {
    String printed = Printed.by(() -> FetchPages.main(NO_ARGS));
    assertTrue(printed.startsWith("100 pages of 100 ms each took "), printed);
    try (LoopbackServer server = LoopbackServer.start(Duration.ofMillis(1))) {
      assertEquals(
          List.of("b", "a"), FetchPages.fetch(List.of(server.page("b"), server.page("a"))));
    }
  }

  @Test
  void legacyClientStopsAfterItsTimeout() throws Throwable {
    String printed = Printed.by(() -> LegacyClient.main(NO_ARGS));
    assertTrue(printed.startsWith("The first call was answered: pong\nThe second "), printed);
    Replies replies = LegacyClient.askTwice();
    assertEquals("pong", replies.answer());
    assertInstanceOf(TaskTimeoutException.class, replies.failure());
  }

  @Test
  void swapBackendRunsWhereTheFileSays() throws Throwable {
    assertEquals(
        "reports ran on threads: 42\nfetches ran on virtual: 42\n",
        Printed.by(() -> SwapBackend.main(NO_ARGS)));
  }

  @Test
  void aSystemPropertySwapsTheBackendOfTheFile() throws Exception {
    System.setProperty("baton.reports.backend", "virtual");
    try {
      assertEquals(new Answer(42, "virtual"), SwapBackend.runOn("reports"));
    } finally {
      System.clearProperty("baton.reports.backend");
    }
    assertEquals(new Answer(42, "threads"), SwapBackend.runOn("reports"));
  }

  @Test
  void aCrashLosesOneSquare() throws Throwable {
    assertEquals(
        "The squares are [0, 1, 4, lost, 16, 25, 36, 49, 64, 81].\n",
        Printed.by(() -> SurviveCrash.main(NO_ARGS)));
  }

  @Test
  void aRunawayIsStopped() throws Throwable {
    assertEquals(
        "The runaway timed out, stopped, and the pool goes on with 42.\n",
        Printed.by(() -> StopRunaway.main(NO_ARGS)));
  }

  @Test
  void twoLibrariesKeepTheirStaticsApart() throws Throwable {
    assertEquals(
        "The default time zones are [Asia/Tokyo, America/Lima].\n",
        Printed.by(() -> SeparateStatics.main(NO_ARGS)));
  }

  @Test
  void aKilledBatchIsResumed() throws Throwable {
    assertEquals(
        "Killed half-way and resumed, the batch found 820 words.\n",
        Printed.by(() -> ResumeBatch.main(NO_ARGS)));
  }

  @Test
  void aProgressBarGoesAroundAMap() throws Throwable {
    assertEquals(
        "There are 148933 primes below two million.\n",
        Printed.by(() -> ShowProgress.main(NO_ARGS)));
  }

  @Test
  void theProgressBarGoesToItsEnd(@TempDir Path folder) throws Exception {
    Path shown = folder.resolve("shown");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ShowProgress.class.getName())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(shown.toFile()) // the bar goes there past System.err
            .start();
    assertEquals(0, program.waitFor());
    String bar = Files.readString(shown);
    String last = bar.substring(bar.lastIndexOf('\r') + 1);
    assertTrue(
        last.startsWith("primes") && last.contains("100%") && last.contains(" 200/200 "), last);
  }

  @Test
  void aLoopGathersWhatThreadsFetch() throws Throwable {
    assertEquals(
        "The loop has gathered 20 rows.\n", Printed.by(() -> LoopAndThreads.main(NO_ARGS)));
    assertEquals(List.of("row 0", "row 1"), LoopAndThreads.lookUp(2));
  }

  @Test
  void theCrawlerFindsEveryPageOnce() throws Throwable {
    String printed = Printed.by(() -> Crawler.main(NO_ARGS));
    assertTrue(printed.startsWith("10,000 pages in "), printed);
    assertEquals(1, Crawler.crawl(1));
  }

  @Test
  void awaitHttpFetchesInOrder() throws Throwable {
    assertEquals("The last pair is 19 and 20.\n", Printed.by(() -> AwaitHttp.main(NO_ARGS)));
  }

  @Test
  void guestsOfTheChatHearEachOther() throws Throwable {
    assertEquals(
        "Ada heard: Grace came, Grace: hello, Grace left.\n",
        Printed.by(() -> ChatServer.main(NO_ARGS)));
  }

  @Test
  void aGroupIsOverByItsDeadline() throws Throwable {
    assertEquals(
        "The sum is 500500.\nThe search was given up by its deadline.\n",
        Printed.by(() -> GroupWithDeadline.main(NO_ARGS)));
  }

  @Test
  void aPolicyOfAnotherLibraryGoesAroundAnExecutor() throws Throwable {
    assertEquals("Call 3 was answered.\n", Printed.by(() -> FailsafeAround.main(NO_ARGS)));
    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> FailsafeAround.callThatFails(9));
    assertInstanceOf(IOException.class, failed.getCause());
  }

  @Test
  void aWrongResultFailsAnExample() {
    AssertionError wrong = assertThrows(AssertionError.class, () -> Check.that(false, List.of(1)));
    assertEquals("Not the expected result: [1]", wrong.getMessage());
  }
}
