package dev.baton.internal.future;

import dev.baton.TaskFuture;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be met before something else can be.
 *
 * @param of what is needed; nothing if that is not known
 * @param isOneEnough whether any of it may be enough
 */
public record Needs(List<? extends Awaited> of, boolean isOneEnough) {

  /** Nothing that is known. */
  public static final Needs UNKNOWN = new Needs(List.of(), false);

  /** All of these are needed. */
  public static Needs all(List<? extends Awaited> needed) {
    return new Needs(needed, false);
  }

  /** This is needed, if there is anything. */
  public static Needs of(@Nullable Awaited needed) {
    return needed == null ? UNKNOWN : all(List.of(needed));
  }

  /** All futures are needed that are not done; of foreign ones nothing is known. */
  public static Needs allOpen(Collection<? extends TaskFuture<?>> futures) {
    List<BatonFuture<?>> open = new ArrayList<>();
    for (TaskFuture<?> future : futures) {
      if (!future.isDone() && future instanceof BatonFuture<?> ours) {
        open.add(ours);
      }
    }
    return all(open);
  }

  /** Any of the futures may be enough that are not done. */
  public static Needs anyOpen(Collection<? extends TaskFuture<?>> futures) {
    List<BatonFuture<?>> open = new ArrayList<>();
    for (TaskFuture<?> future : futures) {
      if (future.isDone()) {
        continue;
      }
      if (!(future instanceof BatonFuture<?> ours)) {
        return UNKNOWN; // a foreign one may be enough, whatever becomes of ours
      }
      open.add(ours);
    }
    return new Needs(open, true);
  }
}
