package dev.baton.process.codec;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import org.jspecify.annotations.Nullable;

/** Reads a lambda with open slots, and puts captured values, decoded before, into them. */
final class SlotFiller extends ObjectInputStream {

  private final Class<?> capturing;
  private final @Nullable Object[] captured;

  SlotFiller(Input in, Class<?> capturing, @Nullable Object[] captured) throws IOException {
    super(in);
    this.capturing = capturing;
    this.captured = captured;
    enableResolveObject(true);
    // The bytes are our own, and what fills the slots was asked for where it was decoded.
    setObjectInputFilter(info -> ObjectInputFilter.Status.ALLOWED);
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass description)
      throws IOException, ClassNotFoundException {
    String name = description.getName();
    if (name.equals(capturing.getName())) {
      return capturing;
    }
    return Class.forName(name, false, SlotFiller.class.getClassLoader());
  }

  @Override
  protected @Nullable Object resolveObject(Object object) {
    return object instanceof LambdaFactory.Slot slot ? captured[slot.index()] : object;
  }
}
