package dev.baton.testkit.guard;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Runs each test on a thread of its own, and fails it if it takes too long, with the stacks of all
 * threads in the message. So a test that hangs holds up no other.
 *
 * <p>The limit is 30 seconds, or what JUnit's configuration parameter {@code
 * baton.testkit.watchdog} says, in seconds; a system property of that name is one.
 */
public final class Watchdog implements InvocationInterceptor {

  private static final int SECONDS = 30;

  /** Is called by JUnit. */
  public Watchdog() {}

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> test,
      ExtensionContext context)
      throws Throwable {
    watch(invocation, context);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> test,
      ExtensionContext context)
      throws Throwable {
    watch(invocation, context);
  }

  private static void watch(Invocation<@Nullable Void> invocation, ExtensionContext context)
      throws Throwable {
    Duration limit =
        Duration.ofSeconds(
            context
                .getConfigurationParameter("baton.testkit.watchdog", Integer::valueOf)
                .orElse(SECONDS));
    FutureTask<@Nullable Throwable> test = new FutureTask<>(() -> failureOf(invocation));
    Thread thread = Thread.ofPlatform().name("testkit-test").daemon().start(test);
    Throwable failure;
    try {
      failure = test.get(limit.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException hangs) {
      String dump = ThreadDump.take();
      thread.interrupt();
      throw new AssertionError(
          context.getDisplayName() + " takes longer than " + limit + ". All threads:\n" + dump,
          hangs);
    } catch (ExecutionException impossible) {
      throw impossible.getCause();
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static @Nullable Throwable failureOf(Invocation<@Nullable Void> invocation) {
    try {
      invocation.proceed();
      return null;
    } catch (Throwable failure) {
      return failure;
    }
  }
}
