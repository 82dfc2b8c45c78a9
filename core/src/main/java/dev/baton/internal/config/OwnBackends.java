package dev.baton.internal.config;

import java.util.Map;

/** The backends that Baton has in artifacts of their own, which may be absent. */
public final class OwnBackends {

  /** Where to find each, by name. */
  public static final Map<String, String> ARTIFACTS =
      Map.of(
          "process", "dev.baton:baton-process",
          "async", "dev.baton:baton-async",
          "hazelcast", "dev.baton:baton-hazelcast");

  private OwnBackends() {}
}
