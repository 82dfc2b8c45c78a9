package dev.baton.internal.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StageArgumentsTest {

  private final BodilessFuture<@Nullable Object> future = new BodilessFuture<>();

  /** What a method may be given where null is not. */
  private static Object something(Class<?> type) {
    Runnable runnable = () -> {};
    Function<Object, Object> function = value -> value;
    BiFunction<Object, Object, Object> biFunction = (first, second) -> first;
    Consumer<Object> consumer = value -> {};
    BiConsumer<Object, Object> biConsumer = (first, second) -> {};
    Executor executor = Runnable::run;
    return List.of(runnable, function, biFunction, consumer, biConsumer, executor).stream()
        .map(Object.class::cast)
        .filter(type::isInstance)
        .findFirst()
        .orElseGet(CompletableFuture::new);
  }

  @ParameterizedTest
  @EnumSource(names = {"VALUE", "FAILED", "CANCELLED", "NEVER"})
  void noMethodTakesNullWhateverTheSourcesEnd(Ending ending) throws Exception {
    Promise.ofBaton(future).end(ending, "the source");
    List<String> accepted = new ArrayList<>();
    for (Method method : CompletionStage.class.getMethods()) {
      for (int i = 0; i < method.getParameterCount(); i++) {
        if (!isRefused(method, i)) {
          accepted.add(method.getName() + " with null for parameter " + (i + 1));
        }
      }
    }
    assertEquals(List.of(), accepted);
  }

  private boolean isRefused(Method method, int nullAt) throws IllegalAccessException {
    @Nullable Object[] arguments =
        Arrays.stream(method.getParameterTypes()).map(StageArgumentsTest::something).toArray();
    arguments[nullAt] = null;
    try {
      method.invoke(future, arguments);
      return false;
    } catch (InvocationTargetException refused) {
      return refused.getCause() instanceof NullPointerException;
    }
  }

  @Test
  @SuppressWarnings("NullAway") // null is the point
  void aCallbackAndItsExecutorAreNeeded() {
    assertEquals("callback", messageOf(() -> future.onDone(null)));
    assertEquals("callback", messageOf(() -> future.onDone(Runnable::run, null)));
    assertEquals("executor", messageOf(() -> future.onDone(null, done -> {})));
    assertEquals("listener", messageOf(() -> future.onProgress(null)));
    assertEquals("mode", messageOf(() -> future.cancel(null)));
    assertEquals("fn", messageOf(() -> future.thenApply(null)));
    assertEquals("action", messageOf(() -> future.thenRun(null)));
    assertEquals("stage", messageOf(() -> future.runAfterBoth(null, () -> {})));
    assertEquals("executor", messageOf(() -> future.thenRunAsync(() -> {}, null)));
  }

  private static @Nullable String messageOf(Runnable call) {
    return assertThrows(NullPointerException.class, call::run).getMessage();
  }
}
