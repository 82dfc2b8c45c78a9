package dev.baton.process.codec;

import dev.baton.spi.TaskCall;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way from a value to the object in it that cannot be encoded, in words. */
final class ObstaclePath {

  /** Of a longer path the two ends are told. */
  private static final int MOST_STEPS = 6;

  private final List<Part> steps = new ArrayList<>();
  private final Object root;
  private Object end;

  private ObstaclePath(Object root) {
    this.root = root;
    end = root;
  }

  /** Puts names to the objects that a stream has shown; null if it has shown none. */
  static @Nullable ObstaclePath of(Object root, List<Object> shown) {
    if (shown.isEmpty()) {
      return null;
    }
    ObstaclePath path = new ObstaclePath(root);
    Object holder = holder(root, shown.getFirst());
    for (Object next : shown.subList(1, shown.size())) {
      holder = path.step(holder, next);
    }
    return path;
  }

  /** Returns what the parts are looked for in: of a lambda, in what it captured. */
  private static Object holder(Object original, Object shown) {
    return shown instanceof SerializedLambda lambda
        ? new Part.Captures(lambda, original.getClass().getClassLoader())
        : original;
  }

  private Object step(Object holder, Object shown) {
    if (holder instanceof Part.Captures captures && isArrayOf(captures, shown)) {
      return new CapturedArray(captures);
    }
    Object whole = holder instanceof CapturedArray array ? array.captures() : holder;
    Part part = find(whole, shown);
    steps.add(part);
    end = part.value() == null ? shown : part.value();
    return holder(end, shown);
  }

  /** The array of the captured values itself, which is no step of its own. */
  private record CapturedArray(Part.Captures captures) {}

  private static boolean isArrayOf(Part.Captures captures, Object shown) {
    return shown instanceof Object[] array
        && array.length == captures.lambda().getCapturedArgCount();
  }

  private static Part find(Object holder, Object shown) {
    List<Part> parts = Part.partsOf(holder);
    for (Part part : parts) {
      if (part.value() == shown) {
        return part;
      }
    }
    List<Part> likely = parts.stream().filter(part -> part.isShownAs(shown)).toList();
    if (likely.size() == 1) {
      return likely.getFirst();
    }
    String phrase = "a part of " + ClassNames.shortName(holder);
    return new Part(phrase, "in " + phrase, shown);
  }

  /** What the user gave: the root or, of a call of it, the part that is the task itself. */
  Object given() {
    boolean isCall = root instanceof TaskCall && !steps.isEmpty();
    Object part = isCall && steps.getFirst().phrase().isEmpty() ? steps.getFirst().value() : null;
    return part == null ? root : part;
  }

  /** The object in the way. */
  Object end() {
    return end;
  }

  /** Says how the object in the way is reached, from the inside out; empty if it is the root. */
  String describe() {
    List<String> phrases = new ArrayList<>();
    for (Part step : steps.reversed()) {
      String phrase = phrases.isEmpty() ? step.phrase() : step.inside();
      if (!phrase.isEmpty()) {
        phrases.add(phrase);
      }
    }
    if (phrases.size() > MOST_STEPS) {
      int half = MOST_STEPS / 2;
      List<String> ends = new ArrayList<>(phrases.subList(0, half));
      ends.add("...");
      ends.addAll(phrases.subList(phrases.size() - half, phrases.size()));
      phrases = ends;
    }
    return String.join(", ", phrases);
  }
}
