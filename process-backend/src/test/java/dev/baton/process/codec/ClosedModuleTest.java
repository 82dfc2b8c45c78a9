package dev.baton.process.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.TaskEncodingException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lambdas of a module that opens nothing travel without any flag. */
class ClosedModuleTest {

  private static final String JOBS =
      """
      package closed;
      import java.io.Serializable;
      import java.util.concurrent.Callable;
      public class Jobs {
        public static Callable<String> job(String text, int[] shared) {
          Callable<Boolean> same = (Callable<Boolean> & Serializable) () -> shared.length == 2;
          return (Callable<String> & Serializable) () -> text + shared[1] + same.call();
        }
        public static Callable<String> hidden(Object held) {
          return closed.hidden.Secret.job(held);
        }
      }
      """;

  private static final String SECRET =
      """
      package closed.hidden;
      import java.io.Serializable;
      import java.util.concurrent.Callable;
      public class Secret {
        record Pair(Object left, Object right) implements Serializable {}
        public static Callable<String> job(Object held) {
          Pair pair = new Pair(held, held);
          Callable<Boolean> same =
              (Callable<Boolean> & Serializable) () -> pair.left() == pair.right();
          return (Callable<String> & Serializable) () -> "" + (pair.left() == held) + same.call();
        }
      }
      """;

  @TempDir private static Path folder;
  private static ClassLoader here = ClassLoader.getPlatformClassLoader();
  private static ClassLoader there = ClassLoader.getPlatformClassLoader();

  @BeforeAll
  static void compile() throws Exception {
    Compiled compiled =
        Compiled.of(
            folder,
            Map.of(
                "module-info.java", "module closed { exports closed; }",
                "closed/Jobs.java", JOBS,
                "closed/hidden/Secret.java", SECRET));
    here = compiled.asModule("closed");
    there = compiled.asModule("closed");
  }

  private static Object job(String method, Class<?>[] types, Object... arguments)
      throws ReflectiveOperationException {
    Class<?> jobs = here.loadClass("closed.Jobs");
    assertFalse(jobs.getModule().isOpen("closed", ClosedModuleTest.class.getModule()));
    return Objects.requireNonNull(jobs.getMethod(method, types).invoke(null, arguments));
  }

  @Test
  void aLambdaOfAnExportedPackageTravels() throws Exception {
    Object job = job("job", new Class<?>[] {String.class, int[].class}, "text", new int[] {1, 2});
    Peer peer = new Peer(there, null);
    Callable<?> arrived = assertInstanceOf(Callable.class, peer.send(job));
    assertEquals("text2true", arrived.call());
    assertSame(there, arrived.getClass().getClassLoader());
    assertTrue(new Encoder().encode(job).size() < 30);
  }

  @Test
  void aLambdaOfAHiddenPackageTravelsAndWhatItSharesStaysShared() throws Exception {
    Object job = job("hidden", new Class<?>[] {Object.class}, new java.util.ArrayList<>());
    Peer peer = new Peer(there, null);
    assertEquals("truetrue", assertInstanceOf(Callable.class, peer.send(job)).call());
    Object[] holding = {job};
    Object[] arrived = assertInstanceOf(Object[].class, peer.send(holding));
    assertEquals("truetrue", assertInstanceOf(Callable.class, arrived[0]).call());
  }

  @Test
  void anObstacleInAClosedModuleIsNamedByItsClass() throws Exception {
    Object job = job("hidden", new Class<?>[] {Object.class}, new Object());
    String message =
        String.valueOf(
            assertThrows(TaskEncodingException.class, () -> new Encoder().encode(job))
                .getMessage());
    assertNotNull(message);
    assertTrue(
        message.startsWith(
            "Cannot encode the task: a part of Secret$Pair, captured by the lambda at"
                + " Secret.java:10, is a java.lang.Object, which is not serializable."),
        message);
  }
}
