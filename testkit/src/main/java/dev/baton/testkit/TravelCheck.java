package dev.baton.testkit;

import dev.baton.Action;
import dev.baton.AsyncTask;
import dev.baton.Baton;
import dev.baton.Task;
import dev.baton.TaskBiFunction;
import dev.baton.TaskFunction;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Serializes every task that a test submits, so that a test whose lambda captures something that
 * cannot travel fails on all backends, and not first on the one that needs it to travel.
 */
final class TravelCheck implements InvocationHandler {

  private static final List<Class<?>> TRAVELLERS =
      List.of(Task.class, Action.class, AsyncTask.class, TaskFunction.class, TaskBiFunction.class);

  private final Baton baton;

  private TravelCheck(Baton baton) {
    this.baton = baton;
  }

  /** Returns the executor with the check in front of it. */
  static Baton around(Baton baton) {
    return (Baton)
        Proxy.newProxyInstance(
            Baton.class.getClassLoader(), new Class<?>[] {Baton.class}, new TravelCheck(baton));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (args != null) {
      for (Object arg : args) {
        check(arg);
      }
    }
    try {
      return method.invoke(baton, args);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private static void check(@Nullable Object argument) {
    if (argument instanceof Collection<?> tasks) {
      tasks.forEach(TravelCheck::check);
    } else if (TRAVELLERS.stream().anyMatch(type -> type.isInstance(argument))) {
      encode(argument);
    }
  }

  private static void encode(@Nullable Object task) {
    try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      out.writeObject(task);
    } catch (IOException cannotTravel) {
      throw new AssertionError(
          "A task of this test cannot travel. Let it capture signals and values only, or make it a"
              + " Callable or Runnable if it is meant for this JVM alone.",
          cannotTravel);
    }
  }
}
