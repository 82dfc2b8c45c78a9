package dev.baton.internal.map;

import dev.baton.TaskBiFunction;
import dev.baton.TaskFunction;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Two arguments as one. */
@SuppressWarnings("serial") // whether a user's argument can be serialized shows when it is tried
public record Both<A extends @Nullable Object, B extends @Nullable Object>(A first, B second)
    implements Serializable {

  /** Returns both, as users see them. */
  List<@Nullable Object> asList() {
    return Collections.unmodifiableList(Arrays.asList(first, second));
  }

  /** Pairs two inputs up; the shorter ends both. */
  public static <A extends @Nullable Object, B extends @Nullable Object> Iterable<Both<A, B>> of(
      Iterable<? extends A> firsts, Iterable<? extends B> seconds) {
    Objects.requireNonNull(firsts, "firsts");
    Objects.requireNonNull(seconds, "seconds");
    return () -> {
      Iterator<? extends A> first = firsts.iterator();
      Iterator<? extends B> second = seconds.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return first.hasNext() && second.hasNext();
        }

        @Override
        public Both<A, B> next() {
          return new Both<>(first.next(), second.next());
        }
      };
    };
  }

  /**
   * A function of two arguments as one of both.
   *
   * @param function the function
   */
  public record Applied<
          A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>(
      TaskBiFunction<A, B, R> function) implements TaskFunction<Both<A, B>, R> {

    @Override
    public R apply(Both<A, B> both) throws Exception {
      return function.apply(both.first(), both.second());
    }
  }
}
