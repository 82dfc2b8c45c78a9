package dev.baton.internal.map;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.SerializedLambda;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a function is called in the source, as far as it can be known: its class, or, for a lambda
 * and a method reference that can be serialized, the method in which it is written or which it
 * refers to, and its types. It stays the same when the body is mended, and when the program is
 * compiled anew.
 */
final class FunctionName {

  private static final String LAMBDA = "$$Lambda";

  /** Javac's name of the method of a lambda: the method in which it stands, and what changes. */
  private static final Pattern LAMBDA_METHOD = Pattern.compile("lambda\\$(.+?)\\$[0-9a-f$]+");

  private FunctionName() {}

  static String of(Object function) {
    String className = function.getClass().getName();
    int lambda = className.indexOf(LAMBDA);
    if (lambda < 0) {
      return className;
    }
    SerializedLambda form = formOf(function);
    return form == null ? className.substring(0, lambda) : nameOf(form);
  }

  private static String nameOf(SerializedLambda form) {
    String types =
        MethodTypeDesc.ofDescriptor(form.getInstantiatedMethodType()).displayDescriptor();
    Matcher written = LAMBDA_METHOD.matcher(form.getImplMethodName());
    String method = written.matches() ? written.group(1) : form.getImplMethodName();
    return form.getImplClass().replace('/', '.') + "." + method + types;
  }

  private static @Nullable SerializedLambda formOf(Object lambda) {
    if (!(lambda instanceof Serializable)) {
      return null;
    }
    try (FormFinder finder = new FormFinder()) {
      finder.writeObject(lambda);
      return finder.form;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // nothing is written
    }
  }

  /** Serializes a lambda to the form that names its method, and nothing that it has captured. */
  private static final class FormFinder extends ObjectOutputStream {

    private @Nullable SerializedLambda form;

    private FormFinder() throws IOException {
      super(OutputStream.nullOutputStream());
      enableReplaceObject(true);
    }

    @Override
    protected @Nullable Object replaceObject(Object written) {
      form = written instanceof SerializedLambda lambda ? lambda : null;
      return null;
    }
  }
}
