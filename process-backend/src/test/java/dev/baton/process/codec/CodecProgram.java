package dev.baton.process.codec;

import dev.baton.spi.TaskCodec;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;

/** The other JVM: decodes a task from its input, calls it, and encodes the result. */
final class CodecProgram {

  private CodecProgram() {}

  /** Does that once. */
  public static void main(String[] arguments) throws Exception {
    TaskCodec codec = ServiceLoader.load(TaskCodec.class).findFirst().orElseThrow();
    ClassLoader loader = CodecProgram.class.getClassLoader();
    Object task = Objects.requireNonNull(codec.decode(System.in.readAllBytes(), loader));
    System.out.write(codec.encode(((Callable<?>) task).call()));
    System.out.flush();
  }
}
