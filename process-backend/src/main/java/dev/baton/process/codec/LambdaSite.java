package dev.baton.process.codec;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A lambda expression under the number that stands for it in this JVM. Sites are told apart by
 * their text alone, so a class that is loaded again finds the site that it had, and no class is
 * kept from being unloaded.
 */
final class LambdaSite {

  /** One site for each form. It is asked once for each lambda class, and for nested lambdas. */
  private static final ConcurrentMap<LambdaForm, LambdaSite> SITES = new ConcurrentHashMap<>();

  /** Hands out the numbers. */
  private static final AtomicInteger NEXT = new AtomicInteger();

  private final int id;

  /** The template, as the list of the templates that a payload with one lambda needs. */
  private final List<Template> templates;

  private LambdaSite(LambdaForm form) {
    id = NEXT.getAndIncrement();
    templates = List.of(new Template(id, form.toBytes()));
  }

  static LambdaSite of(LambdaForm form) {
    return SITES.computeIfAbsent(form, LambdaSite::new);
  }

  int id() {
    return id;
  }

  List<Template> templates() {
    return templates;
  }
}
