package dev.baton.process.worker;

import dev.baton.Task;
import java.io.DataInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Bodies that load classes and resources. */
final class LoadTasks {

  private LoadTasks() {}

  /** Returns the name of the loader of a class, or none. */
  static Task<String> loaderOf(String className) {
    return () -> {
      try {
        Class<?> type = Class.forName(className, false, LoadTasks.class.getClassLoader());
        ClassLoader loader = type.getClassLoader();
        return loader == null ? "boot" : String.valueOf(loader.getName());
      } catch (ClassNotFoundException missing) {
        return "none";
      }
    };
  }

  /** Describes this class, and how its file starts as a resource. */
  static Task<String> describeFetched(String path) {
    return () -> {
      try (InputStream in = loader().getResourceAsStream(path)) {
        boolean magic = in != null && new DataInputStream(in).readInt() == 0xCAFEBABE;
        return LoadTasks.class.getPackage().getName()
            + " "
            + LoadTasks.class.getProtectionDomain().getCodeSource().getLocation()
            + " "
            + (magic ? "class bytes" : "other bytes");
      }
    };
  }

  private static ClassLoader loader() {
    return Objects.requireNonNull(LoadTasks.class.getClassLoader());
  }

  static Task<Integer> resourceLength(String path) {
    return () -> {
      try (InputStream in = loader().getResourceAsStream(path)) {
        return in == null ? 0 : in.readAllBytes().length;
      }
    };
  }

  static Task<Integer> countResources(String path) {
    return () -> Collections.list(loader().getResources(path)).size();
  }

  /** Tells whether a new thread, a virtual one and one of the common pool find users' classes. */
  static Task<String> loadersOfThreads() {
    return () -> {
      Callable<Boolean> finds =
          () -> Thread.currentThread().getContextClassLoader() == LoadTasks.class.getClassLoader();
      FutureTask<Boolean> onNew = new FutureTask<>(finds);
      new Thread(onNew).start();
      FutureTask<Boolean> onVirtual = new FutureTask<>(finds);
      Thread.startVirtualThread(onVirtual);
      boolean onPool = true;
      for (int task = 0; task < 20; task++) {
        onPool &= ForkJoinPool.commonPool().submit(finds).get();
      }
      return finds.call() + " " + onNew.get() + " " + onVirtual.get() + " " + onPool;
    };
  }

  /** Classes to load, that extend and hold each other. */
  static final class Many {
    private Many() {}

    static class Base {
      static int value = 1;
    }

    static class A extends Base {
      static int get() {
        return value;
      }
    }

    static class B extends A {}

    static class C extends B {}

    static class D extends A {}

    static class E extends D {}

    static List<String> names() {
      return List.of(
          Base.class.getName(),
          A.class.getName(),
          B.class.getName(),
          C.class.getName(),
          D.class.getName(),
          E.class.getName());
    }
  }

  /** Loads classes in many threads, each in another order, and returns how many there are. */
  static Task<Integer> loadInParallel(List<String> names, int threads) {
    return () -> {
      Set<Class<?>> loaded = ConcurrentHashMap.newKeySet();
      CountDownLatch start = new CountDownLatch(1);
      List<FutureTask<Integer>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        List<String> order = new ArrayList<>(names);
        Collections.shuffle(order, new Random(i));
        FutureTask<Integer> load =
            new FutureTask<>(
                () -> {
                  start.await();
                  for (String name : order) {
                    loaded.add(Class.forName(name, true, loader()));
                  }
                  return 1;
                });
        all.add(load);
        new Thread(load).start();
      }
      start.countDown();
      for (FutureTask<Integer> load : all) {
        load.get(20, TimeUnit.SECONDS);
      }
      return loaded.size();
    };
  }

  static Task<String> use() {
    return () ->
        "used, interrupted " + (Many.A.get() == 1 && Thread.currentThread().isInterrupted());
  }

  /** Uses a class whose bytes are long in coming, and is interrupted meanwhile. */
  static Task<String> useWhileInterrupted() {
    return () -> {
      Thread user = Thread.currentThread();
      Runnable disturber =
          () -> {
            while (user.getState() != Thread.State.WAITING) {
              Thread.onSpinWait();
            }
            user.interrupt();
            System.err.print("interrupted");
          };
      new Thread(disturber).start();
      return use().call();
    };
  }
}
