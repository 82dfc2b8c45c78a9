package dev.baton.process.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A lambda expression of the peer, and how its lambdas are made here. The class is looked for by
 * the first payload that needs it, never by whoever learns the template.
 */
final class LambdaTemplate {

  private final LambdaForm form;

  /**
   * What the last loader was asked for. Volatile, so that whoever sees it sees all of it; threads
   * that race link twice, and either link serves.
   */
  private volatile @Nullable Link link;

  private record Link(ClassLoader loader, LambdaFactory factory) {}

  LambdaTemplate(LambdaForm form) {
    this.form = form;
  }

  int captures() {
    return form.captures();
  }

  Object make(ClassLoader loader, DecodingFilter filter, @Nullable Object[] captured)
      throws Throwable {
    Link last = link;
    if (last == null || last.loader != loader) {
      last = link(loader, filter);
    }
    return last.factory.make(captured);
  }

  private Link link(ClassLoader loader, DecodingFilter filter)
      throws ClassNotFoundException, IOException, NoSuchMethodException {
    Class<?> capturing = Class.forName(form.capturingClassName(), false, loader);
    filter.require(capturing, -1);
    Link made = new Link(loader, LambdaFactory.link(form, capturing));
    link = made;
    return made;
  }
}
