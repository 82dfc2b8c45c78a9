package dev.baton.process.worker;

import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.ThreadLocalMapOfStacks;
import org.slf4j.spi.MDCAdapter;

/** The logging context of each thread. */
final class ThreadMdc implements MDCAdapter {

  private static final ThreadLocal<@Nullable Map<String, String>> ENTRIES = new ThreadLocal<>();

  private final ThreadLocalMapOfStacks stacks = new ThreadLocalMapOfStacks();

  @Override
  public void put(String key, @Nullable String value) {
    if (value == null) {
      remove(key);
      return;
    }
    Map<String, String> present = ENTRIES.get();
    if (present == null) {
      present = new HashMap<>();
      ENTRIES.set(present);
    }
    present.put(key, value);
  }

  @Override
  public @Nullable String get(String key) {
    Map<String, String> present = ENTRIES.get();
    return present == null ? null : present.get(key);
  }

  @Override
  public void remove(String key) {
    Map<String, String> present = ENTRIES.get();
    if (present != null) {
      present.remove(key);
    }
  }

  @Override
  public void clear() {
    if (ENTRIES.get() != null) {
      ENTRIES.remove();
    }
  }

  @Override
  public @Nullable Map<String, String> getCopyOfContextMap() {
    Map<String, String> present = ENTRIES.get();
    return present == null ? null : new HashMap<>(present);
  }

  @Override
  public void setContextMap(@Nullable Map<String, String> map) {
    if (map == null || map.isEmpty()) {
      clear();
    } else {
      ENTRIES.set(new HashMap<>(map));
    }
  }

  @Override
  public void pushByKey(String key, @Nullable String value) {
    stacks.pushByKey(key, value);
  }

  @Override
  public @Nullable String popByKey(String key) {
    return stacks.popByKey(key);
  }

  @Override
  public @Nullable Deque<String> getCopyOfDequeByKey(String key) {
    return stacks.getCopyOfDequeByKey(key);
  }

  @Override
  public void clearDequeByKey(String key) {
    stacks.clearDequeByKey(key);
  }
}
