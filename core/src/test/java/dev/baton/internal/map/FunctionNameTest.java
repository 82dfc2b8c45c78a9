package dev.baton.internal.map;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.TaskFunction;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a journal knows a function by. */
class FunctionNameTest {

  private static final String HERE = FunctionNameTest.class.getName();

  private static TaskFunction<Integer, String> inAMethod() {
    return number -> "as it was";
  }

  private static TaskFunction<Integer, List<String>> ofOtherTypes() {
    return number -> List.of();
  }

  private static final TaskFunction<Integer, String> IN_A_FIELD = number -> "";

  @Test
  void aLambdaIsKnownByTheMethodInWhichItStandsAndByItsTypes() {
    assertEquals(HERE + ".inAMethod(Integer)String", FunctionName.of(inAMethod()));
    assertEquals(HERE + ".ofOtherTypes(Integer)List", FunctionName.of(ofOtherTypes()));
    assertEquals(HERE + ".static(Integer)String", FunctionName.of(IN_A_FIELD));
  }

  @Test
  void whatALambdaHasCapturedDoesNotCount() {
    Object unserializable = new Object();
    TaskFunction<Integer, String> captures = number -> unserializable.toString();
    TaskFunction<Integer, String> doesNot = number -> "";
    assertEquals(FunctionName.of(doesNot), FunctionName.of(captures));
  }

  @Test
  void aLambdaInsideALambdaIsKnownByTheMethodAroundBoth() {
    Function<String, TaskFunction<Integer, String>> outer = text -> number -> text + number;
    assertEquals(
        HERE + ".aLambdaInsideALambdaIsKnownByTheMethodAroundBoth(Integer)String",
        FunctionName.of(outer.apply("")));
  }

  @Test
  void aMethodReferenceIsKnownByItsMethod() {
    TaskFunction<Integer, String> reference = String::valueOf;
    assertEquals("java.lang.String.valueOf(Integer)String", FunctionName.of(reference));
  }

  @Test
  void aLambdaThatCannotBeSerializedIsKnownByTheClassInWhichItStands() {
    Function<Integer, String> key = number -> "";
    assertEquals(HERE, FunctionName.of(key));
  }

  /** A function with a name. */
  private record Named(String unused) implements TaskFunction<Integer, Integer> {
    @Override
    public Integer apply(Integer number) {
      return number;
    }
  }

  @Test
  void anyOtherFunctionIsKnownByItsClass() {
    assertEquals(Named.class.getName(), FunctionName.of(new Named("")));
  }
}
