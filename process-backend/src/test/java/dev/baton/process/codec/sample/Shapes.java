package dev.baton.process.codec.sample;

import dev.baton.Task;
import dev.baton.TaskFunction;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lambdas of every shape, each with what it returns when it is called. */
public final class Shapes {

  private Shapes() {}

  /** A task and the text of its result. */
  public record Shape(Task<?> task, String result) {}

  /** An interface with lambdas of its own. */
  public interface Greeter {
    /** A lambda in a default method, which captures this. */
    default Task<String> greet() {
      return () -> "hello " + name() + secret();
    }

    private String secret() {
      return "!";
    }

    /** Who is greeted. */
    String name();

    /** A lambda in a static method. */
    static Task<String> shout(String name) {
      return () -> "HELLO " + name;
    }
  }

  /** A greeter that travels. */
  public record World(String name) implements Greeter, Serializable {}

  /** A serializable object with lambdas over this. */
  public static class Counter implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    private final int start;

    /** Makes a counter. */
    public Counter(int start) {
      this.start = start;
    }

    /** A lambda that captures this. */
    public Task<Integer> next() {
      return () -> start + 1;
    }

    /** What a method reference refers to. */
    public Integer value() {
      return start;
    }

    private static final class Nested implements Serializable {
      @Serial private static final long serialVersionUID = 1L;

      private final ArrayList<Integer> base = new ArrayList<>(List.of(7));

      private Task<Integer> privately() {
        return () -> base.getFirst() * 6;
      }
    }

    /** A lambda of a private nested class. */
    public static Task<Integer> nested() {
      return new Nested().privately();
    }
  }

  private static String constant() {
    return "static";
  }

  /** All shapes under their names. */
  public static Map<String, Shape> all() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("captures nothing", new Shape(() -> "nothing", "nothing"));
    addPrimitives(shapes);
    addObjects(shapes);
    addReferences(shapes);
    addNested(shapes);
    return shapes;
  }

  private static void addPrimitives(Map<String, Shape> shapes) {
    boolean z = true;
    byte b = -1;
    char c = '\u20ac';
    short s = -2;
    int i = 3;
    long l = Long.MIN_VALUE;
    float f = 1.5f;
    double d = -0.0;
    shapes.put(
        "all primitives",
        new Shape(() -> "" + z + b + c + s + i + l + f + d, "" + z + b + c + s + i + l + f + d));
    Byte boxed = 1;
    Character letter = 'x';
    Short small = 2;
    Float real = 3f;
    shapes.put(
        "boxes as objects",
        new Shape(() -> List.<Object>of(boxed, letter, small, real).toString(), "[1, x, 2, 3.0]"));
    long before = 5;
    int after = 6;
    shapes.put("a long before an int", new Shape(() -> before * 10 + after, "56"));
  }

  private static void addObjects(Map<String, Shape> shapes) {
    String text = "gr\u00fc\u00df \u4e16";
    shapes.put("a string", new Shape(() -> text + "!", text + "!"));
    Point point = new Point(1, 2);
    shapes.put("a record", new Shape(() -> point, "Point[x=1, y=2]"));
    int[] ints = {1, 2};
    String[] strings = {"a", "b"};
    shapes.put(
        "arrays",
        new Shape(() -> Arrays.toString(ints) + Arrays.toString(strings), "[1, 2][a, b]"));
    Point[] points = {point};
    shapes.put("an array of records", new Shape(() -> points[0].x(), "1"));
    @Nullable String missing = null;
    shapes.put("null", new Shape(() -> missing == null ? "null it is" : missing, "null it is"));
  }

  private static void addReferences(Map<String, Shape> shapes) {
    Counter counter = new Counter(41);
    shapes.put("this", new Shape(counter.next(), "42"));
    shapes.put("a bound method reference", new Shape(counter::value, "41"));
    shapes.put("a static method reference", new Shape(Shapes::constant, "static"));
    shapes.put("a constructor reference", new Shape(ArrayList<String>::new, "[]"));
    shapes.put("this of an interface", new Shape(new World("w").greet(), "hello w!"));
    shapes.put("a static method of an interface", new Shape(Greeter.shout("w"), "HELLO w"));
    shapes.put("a private nested class", new Shape(Counter.nested(), "42"));
  }

  private static void addNested(Map<String, Shape> shapes) {
    int two = 2;
    TaskFunction<Integer, Integer> twice = n -> n * two;
    shapes.put("a nested lambda", new Shape(() -> twice.apply(21), "42"));
    List<TaskFunction<Integer, Integer>> steps = List.of(twice, n -> n + 1);
    shapes.put(
        "a list of lambdas", new Shape(() -> steps.get(1).apply(steps.get(0).apply(4)), "9"));
    Task<Task<String>> inner = () -> () -> "deep";
    shapes.put("a lambda that makes a lambda", new Shape(() -> inner.call().call(), "deep"));
  }
}
