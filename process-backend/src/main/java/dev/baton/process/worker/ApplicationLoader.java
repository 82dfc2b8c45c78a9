package dev.baton.process.worker;

import dev.baton.process.wire.Fetch;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads the user's classes: from the parent's class path, else from the parent itself. The JDK's
 * classes, Baton's own and, unless the application logs by itself, SLF4J's are those of the worker.
 */
final class ApplicationLoader extends URLClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader platform = ClassLoader.getPlatformClassLoader();
  private final ClassLoader bootstrap = ApplicationLoader.class.getClassLoader();
  private final @Nullable ParentSource source;
  private final boolean ownLogging;
  private final ProtectionDomain fetched;

  /**
   * Makes a loader.
   *
   * @param classPath the parent's class path: files, folders and URLs
   * @param source asks the parent for what is not on the class path; null if nobody is asked
   * @param ownLogging whether the application has an SLF4J of its own
   */
  ApplicationLoader(List<String> classPath, @Nullable ParentSource source, boolean ownLogging) {
    super("application", urls(classPath), ApplicationLoader.class.getClassLoader());
    this.source = source;
    this.ownLogging = ownLogging;
    CodeSource origin = new CodeSource(FetchedBytes.url("", new byte[0]), (Certificate[]) null);
    this.fetched = new ProtectionDomain(origin, null, this, null);
  }

  private static URL[] urls(List<String> classPath) {
    List<URL> urls = new ArrayList<>();
    for (String entry : classPath) {
      try {
        urls.add(url(entry));
      } catch (MalformedURLException | IllegalArgumentException wrong) {
        throw new IllegalArgumentException(
            "The class path's entry \"" + entry + "\" is neither a file nor a URL.", wrong);
      }
    }
    return urls.toArray(new URL[0]);
  }

  @SuppressWarnings("deprecation") // the text need not be a strict URI
  private static URL url(String entry) throws MalformedURLException {
    boolean isUrl = entry.indexOf(':') > 1; // one letter before it is a drive
    return isUrl && !new File(entry).exists() ? new URL(entry) : Path.of(entry).toUri().toURL();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) { // the monitor that ClassLoader prescribes
      Class<?> type = findLoadedClass(name);
      if (type == null) {
        type = findInWorker(name);
      }
      if (type == null) {
        type = findClass(name);
      }
      if (resolve) {
        resolveClass(type);
      }
      return type;
    }
  }

  private @Nullable Class<?> findInWorker(String name) {
    Class<?> ofJdk = findBy(platform, name);
    boolean maybeOurs =
        name.startsWith("dev.baton.") || (name.startsWith("org.slf4j.") && !ownLogging);
    return ofJdk == null && maybeOurs ? findBy(bootstrap, name) : ofJdk;
  }

  private static @Nullable Class<?> findBy(ClassLoader loader, String name) {
    try {
      return loader.loadClass(name);
    } catch (ClassNotFoundException elsewhere) {
      return null;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try {
      return super.findClass(name);
    } catch (ClassNotFoundException notOnClassPath) {
      byte[] bytes = source == null ? null : source.fetch(Fetch.Kind.CLASS, name);
      if (bytes == null) {
        throw notOnClassPath;
      }
      definePackageOf(name);
      return defineClass(name, bytes, 0, bytes.length, fetched);
    }
  }

  private void definePackageOf(String className) {
    int end = className.lastIndexOf('.');
    String name = end < 0 ? "" : className.substring(0, end);
    if (end >= 0 && getDefinedPackage(name) == null) {
      try {
        definePackage(name, null, null, null, null, null, null, null);
      } catch (IllegalArgumentException definedMeanwhile) {
        // by another thread, with another class of it
      }
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL ofJdk = platform.getResource(name);
    URL own = ofJdk == null ? findResource(name) : ofJdk;
    return own == null ? bootstrap.getResource(name) : own;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    Map<String, URL> all = new LinkedHashMap<>(); // what is on both class paths counts once
    for (URL url : Collections.list(findResources(name))) {
      all.put(url.toExternalForm(), url);
    }
    for (URL url : Collections.list(bootstrap.getResources(name))) {
      all.putIfAbsent(url.toExternalForm(), url);
    }
    return Collections.enumeration(all.values());
  }

  @Override
  public @Nullable URL findResource(String name) {
    URL url = super.findResource(name);
    return url == null ? fetchResource(name) : url;
  }

  @Override
  public Enumeration<URL> findResources(String name) throws IOException {
    Enumeration<URL> urls = super.findResources(name);
    URL url = urls.hasMoreElements() ? null : fetchResource(name);
    return url == null ? urls : Collections.enumeration(List.of(url));
  }

  private @Nullable URL fetchResource(String name) {
    byte[] bytes = source == null ? null : source.fetch(Fetch.Kind.RESOURCE, name);
    return bytes == null ? null : FetchedBytes.url(name, bytes);
  }
}
