package dev.baton.internal.executor;

import dev.baton.BackendException;
import dev.baton.BackendOptions;
import dev.baton.Baton;
import dev.baton.CommonOptions;
import dev.baton.internal.future.Home;
import dev.baton.spi.RemoteExecutor;
import dev.baton.spi.Setting;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;

/** Opens executors. */
public final class Executors {

  private static final AtomicLong NUMBERS = new AtomicLong();

  private Executors() {}

  /** Opens a backend with its default options, under a name made from the backend's. */
  public static Baton open(EngineFactory factory) {
    return open(factory, factory.defaults());
  }

  /** Opens a backend under a name made from the backend's. */
  public static Baton open(EngineFactory factory, BackendOptions options) {
    return open(factory.name() + "-" + NUMBERS.incrementAndGet(), factory, options);
  }

  /** Opens a backend under a name. */
  public static Baton open(String name, EngineFactory factory, BackendOptions options) {
    Class<?> expected = factory.defaults().getClass();
    if (!expected.isInstance(options)) {
      throw new IllegalArgumentException(
          "Backend "
              + factory.name()
              + " needs options of type "
              + expected.getName()
              + ", not "
              + options.getClass().getName()
              + ".");
    }
    try {
      return new BatonExecutor(name, options, factory);
    } catch (IllegalArgumentException | BackendException explained) {
      throw explained;
    } catch (RuntimeException failure) {
      throw new BackendException(
          "Backend " + factory.name() + " could not be opened with " + options + ": " + failure,
          failure);
    }
  }

  /** Opens, for the tasks that run here, an executor that is elsewhere. */
  public static Baton open(RemoteExecutor executor) {
    return new NestedBaton(executor);
  }

  /** Returns what the futures of a facade belong to. */
  public static Home homeOf(Baton baton) {
    return baton instanceof SubmitMethods ours ? ours.home() : Home.NOWHERE;
  }

  /** Gives an executor of the application's own a facade. */
  public static Baton over(ExecutorService executor) {
    return open(new Foreign(executor));
  }

  /** The factory of one foreign executor's facade. */
  private record Foreign(ExecutorService executor) implements EngineFactory {

    @Override
    public String name() {
      return "over";
    }

    @Override
    public BackendOptions defaults() {
      return new Facade(CommonOptions.lending(0));
    }

    @Override
    public List<Setting> settings() {
      return List.of();
    }

    @Override
    public Engine open(BackendOptions options, BatonExecutor facade) {
      return new ForeignExecutor(executor, facade);
    }
  }

  /** The options of a facade, which has none of its own. */
  private record Facade(CommonOptions common) implements BackendOptions {

    @Override
    public String backend() {
      return "over";
    }

    @Override
    public Facade with(CommonOptions newCommon) {
      return new Facade(newCommon);
    }
  }
}
