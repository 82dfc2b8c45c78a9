package dev.baton.process.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the lambdas of one site from what they captured. The compiler has put a method for that,
 * {@code $deserializeLambda$}, into each class with serializable lambdas.
 */
interface LambdaFactory {

  /**
   * Makes a lambda.
   *
   * @param captured what it captured
   * @return the lambda
   * @throws Throwable what the capturing class throws, such as for a lambda that it does not have
   */
  Object make(@Nullable Object[] captured) throws Throwable;

  /** Links a form to its capturing class. */
  static LambdaFactory link(LambdaForm form, Class<?> capturing)
      throws IOException, NoSuchMethodException {
    Method method = capturing.getDeclaredMethod("$deserializeLambda$", SerializedLambda.class);
    try {
      method.setAccessible(true);
      MethodHandle handle = MethodHandles.lookup().unreflect(method);
      return new Direct(
          form,
          capturing,
          handle.asType(MethodType.methodType(Object.class, SerializedLambda.class)));
    } catch (InaccessibleObjectException | IllegalAccessException notOpened) {
      return ThroughStream.of(form, capturing);
    }
  }

  /** Calls the method itself, which a class in the unnamed module or an open package allows. */
  record Direct(LambdaForm form, Class<?> capturing, MethodHandle deserialize)
      implements LambdaFactory {
    @Override
    public Object make(@Nullable Object[] captured) throws Throwable {
      return (Object) deserialize.invokeExact(form.with(capturing, captured));
    }
  }

  /**
   * Has the JDK call the method, which may do so in any module: a lambda with its slots left open
   * was serialized once, and the slots are filled as it is read.
   */
  record ThroughStream(ByteBuffer withOpenSlots, Class<?> capturing) implements LambdaFactory {

    static ThroughStream of(LambdaForm form, Class<?> capturing) throws IOException {
      Object[] slots = new Object[form.captures()];
      for (int i = 0; i < slots.length; i++) {
        slots[i] = new Slot(i);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
        stream.writeObject(form.with(capturing, slots));
      }
      return new ThroughStream(ByteBuffer.wrap(bytes.toByteArray()), capturing);
    }

    @Override
    public Object make(@Nullable Object[] captured) throws Throwable {
      try (SlotFiller stream = new SlotFiller(new Input(withOpenSlots), capturing, captured)) {
        return stream.readObject();
      }
    }
  }

  /**
   * The place of a captured value.
   *
   * @param index which one
   */
  record Slot(int index) implements Serializable {
    @Serial private static final long serialVersionUID = 1L;
  }
}
