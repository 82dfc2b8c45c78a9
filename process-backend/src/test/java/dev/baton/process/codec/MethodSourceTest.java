package dev.baton.process.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.TaskEncodingException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines and names are told where the compiler left them, and else the method is. */
class MethodSourceTest {

  private static final String SOURCE =
      """
      public class Bare {
        public static java.util.concurrent.Callable<String> job(Object held) {
          return (java.util.concurrent.Callable<String> & java.io.Serializable)
              () -> held.toString();
        }
        static long odd = Long.MAX_VALUE - 1;
        static double real = 1.25;
      }
      """;

  @TempDir private Path folder;

  private String messageWith(String option) throws Exception {
    Compiled compiled = Compiled.of(folder, Map.of("Bare.java", SOURCE), option);
    URL[] path = {compiled.classes().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path)) {
      Object job =
          Objects.requireNonNull(
              loader.loadClass("Bare").getMethod("job", Object.class).invoke(null, new Object()));
      assertTrue(job instanceof Callable);
      TaskEncodingException refusal =
          assertThrows(TaskEncodingException.class, () -> new Encoder().encode(job));
      return String.valueOf(refusal.getMessage());
    }
  }

  @Test
  void aClassWithAllDebugInformationTellsLineAndVariable() throws Exception {
    String message = messageWith("-g");
    assertTrue(
        message.startsWith(
            "Cannot encode the task: variable held, captured by the lambda at Bare.java:4, is a"),
        message);
  }

  @Test
  void aClassWithoutVariablesTellsTheLine() throws Exception {
    String message = messageWith("-g:lines,source");
    assertTrue(
        message.startsWith(
            "Cannot encode the task: value 1, captured by the lambda at Bare.java:4, is a"),
        message);
  }

  @Test
  void aClassWithoutDebugInformationTellsTheMethod() throws Exception {
    String message = messageWith("-g:none");
    assertTrue(
        message.matches(
            "Cannot encode the task: value 1, captured by the lambda lambda\\$job\\$\\w+\\$1 of"
                + " Bare, is a java\\.lang\\.Object, which .*"),
        message);
  }

  @Test
  void aClassThatIsNotThereIsUnknown() {
    assertEquals(
        MethodSource.UNKNOWN,
        MethodSource.find(getClass().getClassLoader(), "no/Such", "method", "()V"));
    assertEquals(MethodSource.UNKNOWN, MethodSource.find(null, "no/Such", "method", "()V"));
  }
}
