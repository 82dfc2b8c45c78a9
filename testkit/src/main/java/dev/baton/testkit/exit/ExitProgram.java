package dev.baton.testkit.exit;

import dev.baton.Baton;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.lang.reflect.Constructor;
import java.util.Objects;

/** Opens an executor and returns from main without closing it. */
public final class ExitProgram {

  private ExitProgram() {}

  /**
   * Runs a scenario.
   *
   * @param args the contract class whose harness opens the executor, the scenario, and the signal's
   *     port and id
   * @throws Exception whatever goes wrong
   */
  public static void main(String[] args) throws Exception {
    Constructor<?> constructor = Class.forName(args[0]).getDeclaredConstructor();
    constructor.setAccessible(true);
    ContractTest contract = (ContractTest) constructor.newInstance();
    Baton baton = Objects.requireNonNull(contract.harness().open(Shape.slots(1)));
    Signal signal = new Signal(Integer.parseInt(args[2]), Long.parseLong(args[3]));
    Scenario.valueOf(args[1]).leave(baton, signal);
    System.out.println("main is over");
  }
}
