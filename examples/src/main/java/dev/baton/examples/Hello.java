package dev.baton.examples;

import dev.baton.Baton;
import dev.baton.TaskFuture;
import java.util.concurrent.ExecutionException;

/** The smallest program: one task and its future. */
public final class Hello {

  private Hello() {}

  /**
   * Greets the world.
   *
   * @param args none
   * @throws Exception if the task fails
   */
  public static void main(String[] args) throws Exception {
    String greeting = greet("world");
    Check.that(greeting.equals("Hello, world!"), greeting);
    System.out.println(greeting);
  }

  static String greet(String name) throws ExecutionException, InterruptedException {
    try (Baton baton = Baton.open("threads")) {
      TaskFuture<String> greeting = baton.submit(() -> "Hello, " + name + "!");
      return greeting.get();
    }
  }
}
