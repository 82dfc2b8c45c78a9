package dev.baton.process.codec;

import java.io.StreamCorruptedException;
import java.lang.invoke.SerializedLambda;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What all lambdas made by one lambda expression have in common: the fields of {@link
 * SerializedLambda} without the captured values. Class names have slashes.
 */
record LambdaForm(
    String capturingClass,
    String interfaceClass,
    String interfaceMethod,
    String interfaceSignature,
    int implementationKind,
    String implementationClass,
    String implementationMethod,
    String implementationSignature,
    String instantiatedType,
    int captures) {

  static LambdaForm of(SerializedLambda lambda) {
    return new LambdaForm(
        lambda.getCapturingClass(),
        lambda.getFunctionalInterfaceClass(),
        lambda.getFunctionalInterfaceMethodName(),
        lambda.getFunctionalInterfaceMethodSignature(),
        lambda.getImplMethodKind(),
        lambda.getImplClass(),
        lambda.getImplMethodName(),
        lambda.getImplMethodSignature(),
        lambda.getInstantiatedMethodType(),
        lambda.getCapturedArgCount());
  }

  /** Puts captured values to it, as the JDK takes them. */
  SerializedLambda with(Class<?> capturing, @Nullable Object[] captured) {
    return new SerializedLambda(
        capturing,
        interfaceClass,
        interfaceMethod,
        interfaceSignature,
        implementationKind,
        implementationClass,
        implementationMethod,
        implementationSignature,
        instantiatedType,
        captured);
  }

  /** The name of the capturing class as {@link Class#forName} takes it. */
  String capturingClassName() {
    return capturingClass.replace('/', '.');
  }

  byte[] toBytes() {
    Output out = new Output(512);
    Scalars.writeString(capturingClass, out);
    Scalars.writeString(interfaceClass, out);
    Scalars.writeString(interfaceMethod, out);
    Scalars.writeString(interfaceSignature, out);
    out.write(implementationKind);
    Scalars.writeString(implementationClass, out);
    Scalars.writeString(implementationMethod, out);
    Scalars.writeString(implementationSignature, out);
    Scalars.writeString(instantiatedType, out);
    out.write(captures);
    return out.toByteArray();
  }

  static LambdaForm parse(ByteBuffer definition) throws StreamCorruptedException {
    Input in = new Input(definition);
    LambdaForm form =
        new LambdaForm(
            Scalars.readString(in),
            Scalars.readString(in),
            Scalars.readString(in),
            Scalars.readString(in),
            in.readByte(),
            Scalars.readString(in),
            Scalars.readString(in),
            Scalars.readString(in),
            Scalars.readString(in),
            in.readByte());
    if (in.remaining() > 0) {
      throw in.damaged("more than a definition");
    }
    return form;
  }
}
