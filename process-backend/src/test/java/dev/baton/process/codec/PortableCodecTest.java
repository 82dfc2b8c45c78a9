package dev.baton.process.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Task;
import dev.baton.TaskEncodingException;
import dev.baton.TaskFunction;
import dev.baton.process.codec.sample.Point;
import dev.baton.process.codec.sample.Shapes;
import dev.baton.spi.TaskCall;
import dev.baton.spi.TaskCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The codec that a service loader finds, whose bytes stand for themselves. */
class PortableCodecTest {

  private final TaskCodec codec = ServiceLoader.load(TaskCodec.class).findFirst().orElseThrow();
  private final ClassLoader here = getClass().getClassLoader();

  @Test
  void itIsFoundByItsName() {
    assertInstanceOf(PortableCodec.class, codec);
    assertEquals("portable", codec.name());
  }

  @Test
  void bytesNeedNothingBesideThem() throws Exception {
    ClassLoader apart = new ChildFirst();
    for (Shapes.Shape shape : Shapes.all().values()) {
      TaskCodec other = new PortableCodec();
      Task<?> task = assertInstanceOf(Task.class, other.decode(codec.encode(shape.task()), apart));
      assertEquals(shape.result(), String.valueOf(task.call()));
      assertSame(apart, task.getClass().getClassLoader());
    }
  }

  @Test
  void aCallWithTwoLambdasCarriesBothTemplates() throws Exception {
    int n = 3;
    TaskFunction<Integer, Integer> inner = i -> i + n;
    TaskFunction<Integer, Integer> outer = i -> inner.apply(i) * n;
    byte[] bytes = codec.encode(new TaskCall.OfFunction<>(outer, 4));
    assertEquals(21, assertInstanceOf(TaskCall.class, codec.decode(bytes, here)).call());
  }

  @Test
  void whatIsNoneOfItsPayloadsIsRefused() {
    assertEquals(
        "Cannot decode a payload of 1 bytes: the bytes are damaged: version 9 instead of 1 at byte"
            + " 1 of 1.",
        assertThrows(TaskEncodingException.class, () -> codec.decode(new byte[] {9}, here))
            .getMessage());
    byte[] whole = codec.encode(List.of(1));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThrows(TaskEncodingException.class, () -> codec.decode(cut, here));
    }
  }

  @Test
  void aTaskRunsInAnotherJvmAndItsResultComesBack() throws Exception {
    Point point = new Point(20, 1);
    TaskFunction<Integer, Integer> twice = n -> 2 * n;
    Task<List<Object>> task = () -> List.of(twice.apply(point.x() + point.y()), point);
    byte[] result = runInAnotherJvm(codec.encode(task));
    assertEquals(List.of(42, point), codec.decode(result, here));
  }

  @Test
  void theFilterOfTheOtherJvmIsHonoured() throws Exception {
    Point point = new Point(20, 1);
    Task<Point> task = () -> point;
    Process process =
        otherJvm("-Djdk.serialFilter=!dev.baton.process.codec.sample.*")
            .redirectErrorStream(true)
            .start();
    String output = new String(feed(process, codec.encode(task)), StandardCharsets.UTF_8);
    assertEquals(1, process.exitValue());
    assertTrue(
        output.contains("jdk.serialFilter refuses dev.baton.process.codec.sample.Point. If"),
        output);
  }

  private static byte[] runInAnotherJvm(byte[] task) throws Exception {
    Process process = otherJvm().redirectError(ProcessBuilder.Redirect.INHERIT).start();
    byte[] result = feed(process, task);
    assertEquals(0, process.exitValue());
    return result;
  }

  private static ProcessBuilder otherJvm(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(CodecProgram.class.getName());
    return new ProcessBuilder(command);
  }

  private static byte[] feed(Process process, byte[] task) throws Exception {
    try {
      process.getOutputStream().write(task);
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), "the other JVM does not end");
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
