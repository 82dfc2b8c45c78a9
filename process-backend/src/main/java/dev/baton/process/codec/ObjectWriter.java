package dev.baton.process.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.invoke.SerializedLambda;
import java.util.function.Consumer;

/** The JDK's object stream without its header, with lambdas by their sites. */
final class ObjectWriter extends ObjectOutputStream {

  private final Consumer<LambdaSite> needed;

  ObjectWriter(OutputStream out, Consumer<LambdaSite> needed) throws IOException {
    super(out);
    this.needed = needed;
    enableReplaceObject(true);
  }

  @Override
  protected void writeStreamHeader() {
    // the payload's own tags say what this is
  }

  @Override
  protected Object replaceObject(Object object) {
    if (object instanceof SerializedLambda lambda) {
      LambdaSite site = LambdaSite.of(LambdaForm.of(lambda));
      needed.accept(site);
      return new StreamedLambda(site.id(), lambda);
    }
    return object;
  }
}
