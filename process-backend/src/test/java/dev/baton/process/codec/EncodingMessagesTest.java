package dev.baton.process.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Task;
import dev.baton.TaskEncodingException;
import dev.baton.TaskFunction;
import dev.baton.process.codec.sample.Holder;
import dev.baton.process.codec.sample.HttpClient;
import dev.baton.process.codec.sample.Point;
import dev.baton.process.codec.sample.ReportService;
import dev.baton.spi.TaskCall;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What cannot be encoded is named, with the way to it and the cure. */
class EncodingMessagesTest {

  private static final String CLIENT_IN_TASK =
      " is a dev.baton.process.codec.sample.HttpClient, which is not serializable. Either make"
          + " dev.baton.process.codec.sample.HttpClient implement java.io.Serializable, or build it"
          + " inside the task: with bind(perWorker, function), or as a resource(HttpClient.class,"
          + " factory) of the executor's options.";

  private final Encoder encoder = new Encoder();
  private final HttpClient client = new HttpClient();

  private @Nullable String messageFor(@Nullable Object value) {
    return refusalOf(value).getMessage();
  }

  private TaskEncodingException refusalOf(@Nullable Object value) {
    return assertThrows(TaskEncodingException.class, () -> encoder.encode(value));
  }

  @Test
  void thisThatIsCapturedIsNamedWithTheLineOfTheLambda() {
    assertEquals(
        "Cannot encode the task: this of ReportService, captured by the lambda at"
            + " ReportService.java:15, is a dev.baton.process.codec.sample.ReportService, which is"
            + " not serializable. Either make dev.baton.process.codec.sample.ReportService"
            + " implement java.io.Serializable, or build it inside the task: with bind(perWorker,"
            + " function), or as a resource(ReportService.class, factory) of the executor's"
            + " options.",
        messageFor(new ReportService().titleTask()));
  }

  @Test
  void aFieldOfThisIsNamed() {
    assertEquals(
        "Cannot encode the task: field held of Holder, captured by the lambda at Holder.java:23,"
            + CLIENT_IN_TASK,
        messageFor(new Holder(client).task()));
  }

  @Test
  void aVariableIsNamed() {
    assertEquals(
        "Cannot encode the task: variable client, captured by the lambda at ReportService.java:20,"
            + CLIENT_IN_TASK,
        messageFor(ReportService.send(client, 1, 2)));
  }

  @Test
  void theReceiverOfAMethodReferenceIsNamed() {
    assertEquals(
        "Cannot encode the task: the receiver of the method reference HttpClient::send in"
            + " ReportService,"
            + CLIENT_IN_TASK,
        messageFor(ReportService.reference(client)));
  }

  @Test
  void elementsOfCollectionsAreNamed() {
    assertEquals(
        "Cannot encode the task: element 1 of ArrayList, in the value for key k of HashMap, in"
            + " element 0 of Object[], in field held of Holder, captured by the lambda at"
            + " Holder.java:23,"
            + CLIENT_IN_TASK,
        messageFor(
            new Holder(
                    new Object[] {new HashMap<>(Map.of("k", new ArrayList<>(List.of(1, client))))})
                .task()));
    assertTrue(
        messageOf(new Holder(List.of(1, client)).task())
            .startsWith(
                "Cannot encode the task: element 1 of ImmutableCollections$List12, in field held of"));
    assertTrue(
        messageOf(new Holder(new HashMap<>(Map.of(client, 1))).task())
            .startsWith("Cannot encode the task: a key of HashMap, in field held of Holder,"));
  }

  private String messageOf(Object value) {
    return String.valueOf(messageFor(value));
  }

  @Test
  void anArgumentIsNamed() {
    TaskFunction<HttpClient, String> send = HttpClient::send;
    assertEquals(
        "Cannot encode the task: the argument," + CLIENT_IN_TASK,
        messageFor(new TaskCall.OfFunction<>(send, client)));
    TaskFunction<List<HttpClient>, String> all = List::toString;
    assertEquals(
        "Cannot encode the task: element 0 of ArrayList, in the argument," + CLIENT_IN_TASK,
        messageFor(new TaskCall.OfFunction<>(all, new ArrayList<>(List.of(client)))));
  }

  @Test
  void aLambdaWithinALambdaIsOnTheWay() {
    Task<String> inner = new Holder(client).task();
    Task<String> outer = () -> inner.call();
    String message = messageOf(outer);
    assertTrue(
        message.startsWith(
            "Cannot encode the task: field held of Holder, captured by the lambda at"
                + " Holder.java:23, captured by the lambda at EncodingMessagesTest.java:"),
        message);
  }

  @Test
  void aResultIsNamedWithItsOwnCure() {
    assertEquals(
        "Cannot encode the result: it is a dev.baton.process.codec.sample.HttpClient, which is not"
            + " serializable. Either make dev.baton.process.codec.sample.HttpClient implement"
            + " java.io.Serializable, or return what is needed of it in a serializable form.",
        assertThrows(TaskEncodingException.class, () -> encoder.encodeResult(client)).getMessage());
    assertEquals(
        "Cannot encode the value: element 0 of Object[], is a"
            + " dev.baton.process.codec.sample.HttpClient, which is not serializable. Either make"
            + " dev.baton.process.codec.sample.HttpClient implement java.io.Serializable, or pass"
            + " what is needed of it in a serializable form.",
        messageFor(new Object[] {client}));
  }

  @Test
  void theCauseIsWhatTheStreamThrew() {
    assertInstanceOf(NotSerializableException.class, refusalOf(client).getCause());
  }

  @Test
  void aPlainLambdaIsNamedWithTheWayItCame() {
    Callable<Integer> plain = () -> 1;
    assertEquals(
        "Cannot encode the task: it is a lambda of dev.baton.process.codec.EncodingMessagesTest, a"
            + " plain java.util.concurrent.Callable, which is not serializable. It was given"
            + " through the static type ExecutorService, or to a parameter of the plain type. Give"
            + " the lambda to submit, map or bind of a variable of type Baton, or declare it as a"
            + " dev.baton.Task.",
        messageFor(plain));
    Supplier<Integer> supplier = () -> 1;
    Task<Integer> task = () -> supplier.get();
    String message = messageOf(task);
    assertTrue(
        message.startsWith(
            "Cannot encode the task: variable supplier, captured by the lambda at"
                + " EncodingMessagesTest.java:"),
        message);
    assertTrue(
        message.endsWith(
            ", is a lambda of dev.baton.process.codec.EncodingMessagesTest, a plain"
                + " java.util.function.Supplier, which is not serializable. Declare it with a"
                + " serializable type, such as dev.baton.TaskFunction, or cast it to (Supplier &"
                + " Serializable)."),
        message);
  }

  @Test
  void wrappersOfTheJdkAreNamedWithTheCure() throws Exception {
    AtomicReference<Runnable> given = new AtomicReference<>();
    Supplier<Integer> supplier = () -> 1;
    CompletableFuture.supplyAsync(supplier, given::set);
    assertEquals(
        "Cannot encode the task: it is a java.util.concurrent.CompletableFuture$AsyncSupply, a"
            + " wrapper of the JDK around the task, which cannot be encoded. Use"
            + " baton.submit(task).toCompletableFuture() in place of supplyAsync and runAsync.",
        messageFor(new TaskCall.OfRunnable<@Nullable Object>(given.get(), null)));
    new Keeping(given).submit(() -> 1);
    assertEquals(
        "Cannot encode the task: it is a java.util.concurrent.FutureTask, a wrapper of the JDK"
            + " around the task, which cannot be encoded. Give the task itself to submit of a"
            + " variable of type Baton.",
        messageFor(new TaskCall.OfRunnable<@Nullable Object>(given.get(), null)));
    String adapter = messageOf(Executors.callable(given.get()));
    assertTrue(
        adapter.startsWith(
            "Cannot encode the task: it is a java.util.concurrent.Executors$RunnableAdapter, a"
                + " wrapper of the JDK"),
        adapter);
  }

  /** An executor that keeps what it is given. */
  private static final class Keeping extends AbstractExecutorService {
    private final AtomicReference<Runnable> given;

    Keeping(AtomicReference<Runnable> given) {
      this.given = given;
    }

    @Override
    public void execute(Runnable command) {
      given.set(command);
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  @Test
  void aWriteObjectThatThrowsIsNamed() {
    assertEquals(
        "Cannot encode the task: field held of Holder, captured by the lambda at Holder.java:23"
            + " (a dev.baton.process.codec.EncodingMessagesTest$Broken) cannot be written:"
            + " java.lang.IllegalStateException: not today. Mend how it is serialized, or build it"
            + " where it is needed.",
        messageFor(new Holder(new Broken(new Point(1, 2))).task()));
  }

  /** Fails after one of its parts was written, so the last object seen is not the culprit. */
  private static final class Broken implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    private final Point point;

    Broken(Point point) {
      this.point = point;
    }

    @Serial
    private void writeObject(ObjectOutputStream stream) throws IOException {
      stream.writeObject(point);
      throw new IllegalStateException("not today");
    }
  }

  @Test
  void aGraphThatIsTooDeepSparesItsThread() {
    Holder deep = new Holder("end");
    for (int i = 0; i < 100_000; i++) {
      deep = new Holder(deep);
    }
    Holder outermost = deep;
    Task<Object> task = () -> String.valueOf(outermost.held());
    String message = messageOf(task);
    assertTrue(
        message.startsWith(
            "Cannot encode the task: field held of Holder, in field held of Holder, in field held"
                + " of Holder, ..., in field held of Holder, in field held of Holder, captured by"
                + " the lambda at EncodingMessagesTest.java:"),
        message);
    assertTrue(
        message.endsWith(
            ", is nested too deeply for this thread's stack. Send it in a flatter shape, such as a"
                + " list or an array."),
        message);
    assertInstanceOf(StackOverflowError.class, refusalOf(task).getCause());
  }

  @Test
  void anErrorWhileWritingIsToldToo() {
    Holder holder = new Holder(new Erring());
    String message = messageOf(holder);
    assertTrue(
        message.contains(
            "field held of Holder (a dev.baton.process.codec.EncodingMessagesTest$Erring) cannot be"
                + " written: java.lang.AssertionError: no message."),
        message);
  }

  private static final class Erring implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    @Serial
    private void writeObject(ObjectOutputStream stream) {
      throw new AssertionError();
    }
  }

  @Test
  void moreThanAnArrayCanHoldIsRefused() {
    Output out = new Output(8);
    PayloadTooLargeException refusal =
        assertThrows(
            PayloadTooLargeException.class,
            () -> {
              out.write(1);
              out.skip(Integer.MAX_VALUE);
            });
    assertEquals(
        "Cannot encode the value: its encoded form needs 2147483648 bytes, and 2 GiB is the most."
            + " Send it in smaller parts.",
        EncodingProblem.explain("x", Encoder.Role.VALUE, refusal).getMessage());
    assertEquals(
        "Cannot encode the value: its encoded form does not fit into the heap. Send it in smaller"
            + " parts, or raise -Xmx.",
        EncodingProblem.explain("x", Encoder.Role.VALUE, new OutOfMemoryError()).getMessage());
  }
}
