package dev.baton.process.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * How the lambdas of one hidden class are taken apart: by calling their {@code writeReplace}, and
 * where its module does not open the package to us, by having an object stream call it.
 */
final class LambdaClass {

  /** Kept with the hidden class, so both go together. */
  private static final ClassValue<LambdaClass> CLASSES =
      new ClassValue<>() {
        @Override
        protected LambdaClass computeValue(Class<?> type) {
          return new LambdaClass(type);
        }
      };

  private final boolean isLambda;
  private final @Nullable MethodHandle writeReplace;

  /** Known after the first lambda; threads that race for it find the same site. */
  private @Nullable LambdaSite site;

  private LambdaClass(Class<?> type) {
    Method method = null;
    try {
      method = type.getDeclaredMethod("writeReplace");
    } catch (NoSuchMethodException plain) {
      // a hidden class that is no serializable lambda
    }
    isLambda = method != null && type.isSynthetic();
    writeReplace = method == null ? null : handle(method);
  }

  private static @Nullable MethodHandle handle(Method method) {
    try {
      method.setAccessible(true);
      return MethodHandles.lookup()
          .unreflect(method)
          .asType(MethodType.methodType(Object.class, Object.class));
    } catch (InaccessibleObjectException | IllegalAccessException notOpened) {
      return null;
    }
  }

  /** Returns how to take a value apart, or null if it is no serializable lambda. */
  static @Nullable LambdaClass of(Object value) {
    if (!value.getClass().isHidden() || !(value instanceof Serializable)) {
      return null;
    }
    LambdaClass found = CLASSES.get(value.getClass());
    return found.isLambda ? found : null;
  }

  /** Takes a lambda of this class apart. */
  SerializedLambda capture(Object lambda) throws IOException {
    Object captured = writeReplace == null ? Interceptor.capture(lambda) : replace(lambda);
    if (captured instanceof SerializedLambda serialized) {
      return serialized;
    }
    throw new IOException(lambda.getClass().getName() + " looks like a lambda and is none");
  }

  @SuppressWarnings("NullAway") // called only where there is a handle
  private Object replace(Object lambda) throws IOException {
    try {
      return (Object) writeReplace.invokeExact(lambda);
    } catch (RuntimeException | Error unchecked) {
      throw unchecked;
    } catch (Throwable impossible) {
      throw new IOException(impossible);
    }
  }

  /** Returns the site of the lambdas of this class. */
  LambdaSite site(SerializedLambda any) {
    LambdaSite known = site;
    if (known == null) {
      known = LambdaSite.of(LambdaForm.of(any));
      site = known;
    }
    return known;
  }

  /** An object stream that writes nothing and keeps what the object was replaced by. */
  private static final class Interceptor extends ObjectOutputStream {

    private @Nullable Object seen;

    Interceptor() throws IOException {
      super(OutputStream.nullOutputStream());
      enableReplaceObject(true);
    }

    static @Nullable Object capture(Object lambda) throws IOException {
      try (Interceptor stream = new Interceptor()) {
        stream.writeObject(lambda);
        return stream.seen;
      }
    }

    @Override
    protected @Nullable Object replaceObject(Object replaced) {
      seen = replaced;
      return null;
    }
  }
}
