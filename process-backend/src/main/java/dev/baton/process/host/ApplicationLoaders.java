package dev.baton.process.host;

import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import org.jspecify.annotations.Nullable;

/** Finds the loader that has the classes of the program that opens an executor. */
final class ApplicationLoaders {

  private static final StackWalker STACK = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

  private ApplicationLoaders() {}

  /**
   * Returns this thread's context class loader; or, where code below calls that was loaded by a
   * child of that one, this child, which sees more. So it is when {@code java Job.java} starts a
   * program before JDK 22.
   */
  static ClassLoader ofCaller() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader outer = context != null ? context : ClassLoader.getSystemClassLoader();
    return STACK.walk(
        frames ->
            frames
                .map(StackFrame::getDeclaringClass)
                .filter(caller -> isBelow(caller.getClassLoader(), outer))
                .findFirst()
                .map(Class::getClassLoader)
                .orElse(outer));
  }

  @SuppressWarnings("ReferenceEquality") // loaders have no other
  private static boolean isBelow(@Nullable ClassLoader loader, ClassLoader outer) {
    ClassLoader above = loader == null ? null : loader.getParent();
    while (above != null && above != outer) {
      above = above.getParent();
    }
    return above != null;
  }
}
