package dev.baton.verification.context;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/** On whose behalf a thread works, as an application would keep it, and tell Micrometer of it. */
public final class Tenant implements ThreadLocalAccessor<Object> {

  private static final ThreadLocal<@Nullable Object> CURRENT = new ThreadLocal<>();

  /** Makes an accessor, for {@link java.util.ServiceLoader}. */
  public Tenant() {}

  static @Nullable Object current() {
    return CURRENT.get();
  }

  static void set(Object tenant) {
    CURRENT.set(tenant);
  }

  static void clear() {
    CURRENT.remove();
  }

  @Override
  public Object key() {
    return "tenant";
  }

  @Override
  public @Nullable Object getValue() {
    return CURRENT.get();
  }

  @Override
  public void setValue(Object value) {
    CURRENT.set(value);
  }

  @Override
  public void setValue() {
    CURRENT.remove();
  }
}
