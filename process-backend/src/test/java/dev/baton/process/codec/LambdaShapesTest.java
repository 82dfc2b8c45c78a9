package dev.baton.process.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.AsyncTask;
import dev.baton.Task;
import dev.baton.TaskBiFunction;
import dev.baton.TaskFunction;
import dev.baton.process.codec.sample.Shapes;
import dev.baton.spi.TaskCall;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lambdas of every shape arrive at a peer whose classes are other classes. */
class LambdaShapesTest {

  private final Peer apart = Peer.apart();

  static Stream<String> names() {
    return Shapes.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aLambdaDoesThereWhatItDoesHere(String name) throws Exception {
    Shapes.Shape shape = Objects.requireNonNull(Shapes.all().get(name));
    Task<?> there = assertInstanceOf(Task.class, apart.send(shape.task()));
    assertEquals(shape.result(), String.valueOf(there.call()));
    assertSame(apart.loader, there.getClass().getClassLoader());
    assertNotSame(shape.task().getClass(), there.getClass());
  }

  @Test
  void aTemplateIsToldOnceAndServesAllLambdasOfTheExpression() throws Exception {
    for (int i = 0; i < 100; i++) {
      int n = i;
      Task<Integer> task = () -> n * n;
      Callable<?> there = assertInstanceOf(Callable.class, Peer.here().send(task));
      assertEquals(n * n, there.call());
      assertEquals(1, new Encoder().encode(task).templates().size());
    }
    Task<Integer> one = square(1);
    Task<Integer> two = square(2);
    assertEquals(
        new Encoder().encode(one).templates().getFirst().site(),
        new Encoder().encode(two).templates().getFirst().site());
  }

  private static Task<Integer> square(int n) {
    return () -> n * n;
  }

  @Test
  void everyShapeOfTaskCallArrivesAsItIs() throws Exception {
    Peer here = Peer.here();
    Action action = () -> {};
    assertInstanceOf(TaskCall.OfAction.class, here.send(new TaskCall.OfAction(action)));
    TaskFunction<Integer, Integer> inc = n -> n + 1;
    assertEquals(3, call(here.send(new TaskCall.OfFunction<>(inc, 2))));
    Runnable runnable = (Runnable & Serializable) () -> {};
    assertEquals("r", call(here.send(new TaskCall.OfRunnable<>(runnable, "r"))));
    AsyncTask<String> stage = () -> CompletableFuture.completedFuture("s");
    TaskCall.OfStage<?> open =
        assertInstanceOf(TaskCall.OfStage.class, here.send(new TaskCall.OfStage<>(stage)));
    assertEquals("s", open.begin().toCompletableFuture().get());
    Task<StringBuilder> client = StringBuilder::new;
    TaskBiFunction<StringBuilder, Integer, String> append = (text, n) -> text.append(n).toString();
    TaskCall.OfClient<?, ?, ?> bound =
        assertInstanceOf(
            TaskCall.OfClient.class,
            here.send(new TaskCall.OfClient<>("client-1", client, append, 7)));
    assertEquals("client-1", bound.key());
    assertEquals(7, bound.argument());
  }

  private static Object call(@Nullable Object task) throws Exception {
    return assertInstanceOf(Callable.class, task).call();
  }

  @Test
  void aTaskThatIsNoLambdaArrivesToo() throws Exception {
    Peer here = Peer.here();
    assertEquals("plain", call(here.send(new PlainTask("plain"))));
    TaskCall<?> wrapped = new TaskCall.OfFunction<>(new Prefix("a"), List.of("b"));
    assertEquals("a[b]", call(here.send(wrapped)));
  }

  private record PlainTask(String result) implements Task<String> {
    @Override
    public String call() {
      return result;
    }
  }

  private record Prefix(String prefix) implements TaskFunction<List<String>, String> {
    @Override
    public String apply(List<String> argument) {
      return prefix + argument;
    }
  }

  @Test
  void aLightLambdaTakesFewBytes() {
    int number = 42;
    String text = "hello";
    Task<String> none = () -> "";
    Task<String> light = () -> text + number;
    Encoder encoder = new Encoder();
    assertTrue(encoder.encode(none).size() <= 4, () -> "" + encoder.encode(none));
    assertTrue(encoder.encode(light).size() <= 13, () -> "" + encoder.encode(light));
    TaskFunction<Integer, Integer> inc = n -> n + 1;
    assertTrue(encoder.encode(new TaskCall.OfFunction<>(inc, 5)).size() <= 7);
    assertEquals(1 + 3 + 1_000_000, encoder.encode(new byte[1_000_000]).size());
  }
}
