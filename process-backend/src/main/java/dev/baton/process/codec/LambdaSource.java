package dev.baton.process.codec;

import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/** How a message speaks of a lambda and of what it captured. */
final class LambdaSource {

  private final SerializedLambda lambda;
  private final MethodSource method;

  LambdaSource(SerializedLambda lambda, @Nullable ClassLoader loader) {
    this.lambda = lambda;
    method =
        MethodSource.find(
            loader,
            lambda.getImplClass(),
            lambda.getImplMethodName(),
            lambda.getImplMethodSignature());
  }

  private boolean isReference() {
    return !lambda.getImplMethodName().startsWith("lambda$");
  }

  private boolean hasReceiver() {
    int kind = lambda.getImplMethodKind();
    return kind != MethodHandleInfo.REF_invokeStatic
        && kind != MethodHandleInfo.REF_newInvokeSpecial;
  }

  /** Names the lambda, with its place if that is known. */
  String describe() {
    String implementor = ClassNames.shortName(lambda.getImplClass().replace('/', '.'));
    String name = lambda.getImplMethodName();
    if (isReference()) {
      String capturing = ClassNames.shortName(lambda.getCapturingClass().replace('/', '.'));
      return "the method reference " + implementor + "::" + name + " in " + capturing;
    }
    return method.file() == null || method.line() < 0
        ? "the lambda " + name + " of " + implementor
        : "the lambda at " + method.file() + ":" + method.line();
  }

  /** Names a captured value, as the innermost step of a path. */
  String describeCapture(int index) {
    if (index == 0 && hasReceiver()) {
      return isReference()
          ? "the receiver of " + describe()
          : "this of "
              + ClassNames.shortName(lambda.getImplClass().replace('/', '.'))
              + ", captured by "
              + describe();
    }
    String name = isReference() ? null : method.variables().get(slot(index));
    return (name == null ? "value " + (index + 1) : "variable " + name)
        + ", captured by "
        + describe();
  }

  /** Finds the place of a captured value among the local variables: long and double take two. */
  private int slot(int index) {
    int receiver = hasReceiver() ? 1 : 0;
    int slot = receiver;
    MethodType type = parameters();
    for (int i = 0; i < index - receiver && i < type.parameterCount(); i++) {
      Class<?> parameter = type.parameterType(i);
      slot += parameter == long.class || parameter == double.class ? 2 : 1;
    }
    return slot;
  }

  /** The parameters, with each type that is no primitive as an object, so that none is loaded. */
  private MethodType parameters() {
    String erased =
        lambda
            .getImplMethodSignature()
            .replaceAll("\\[+(L[^;]*;|[A-Z])", "Ljava/lang/Object;")
            .replaceAll("L[^;]*;", "Ljava/lang/Object;");
    return MethodType.fromMethodDescriptorString(erased, null);
  }
}
