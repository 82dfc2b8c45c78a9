package dev.baton.process.worker;

import dev.baton.Task;
import dev.baton.process.codec.Encoded;
import dev.baton.process.codec.Encoder;
import dev.baton.process.codec.Template;
import dev.baton.process.wire.Answer;
import dev.baton.process.wire.ClaimPage;
import dev.baton.process.wire.Frame;
import dev.baton.process.wire.FrameWriter;
import dev.baton.process.wire.Framing;
import dev.baton.process.wire.Hello;
import dev.baton.process.wire.Opcode;
import dev.baton.process.wire.Region;
import dev.baton.process.wire.TaskHead;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A worker without a parent, which does a few tasks and ends: so the JVM can see which classes a
 * worker needs, and write its start-up archive. It reads its standard input to the end once it has
 * begun, and ends there too: whoever starts it keeps that open.
 */
public final class Rehearsal {

  private static final List<String> PUBLIC =
      List.of(
          "dev.baton.BackendOptions$Fluent",
          "dev.baton.Baton",
          "dev.baton.CommonOptions",
          "dev.baton.MapOptions",
          "dev.baton.Results",
          "dev.baton.TaskFuture",
          "dev.baton.TaskFutures",
          "dev.baton.TaskGroup",
          "dev.baton.TaskOptions",
          "dev.baton.ThreadOptions",
          "dev.baton.VirtualOptions",
          "dev.baton.process.ProcessOptions");

  private static final Answer NO = new Answer(false, 0, null);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Encoder encoder = new Encoder();
  private final FrameWriter writer =
      new FrameWriter(Framing.PLAIN, bytes, Framing.LARGEST_FRAME, failure -> {});

  private Rehearsal() {}

  /**
   * Runs it.
   *
   * @param arguments the paths of files that are not there, for a claim page and for a region
   * @throws IOException if there is no place for them
   */
  public static void main(String[] arguments) throws IOException {
    Path page = Path.of(arguments[0]);
    loadWhatTasksUse();
    ClaimPage.create(page, 1);
    Path region = Path.of(arguments[1]);
    Region.create(region).close();
    byte[] script = new Rehearsal().script(page, region);
    claim(page);
    try {
      WorkerStreams.ofPipes();
    } catch (IOException asExpected) {
      // its classes are there now
    }
    Main.run(
        new WorkerStreams(
            Framing.PLAIN,
            new SequenceInputStream(new ByteArrayInputStream(script), System.in),
            OutputStream.nullOutputStream()));
  }

  /** An application's classes, whose tasks run, refer to these, and a JVM checks them with it. */
  private static void loadWhatTasksUse() {
    for (String name : PUBLIC) {
      try {
        Class.forName(name, false, Rehearsal.class.getClassLoader());
      } catch (ClassNotFoundException absent) {
        throw new IllegalStateException("There is no " + name, absent);
      }
    }
  }

  /** Claims in both ways; the parent's answer is there as soon as it is asked. */
  private static void claim(Path page) throws IOException {
    AtomicReference<@Nullable ParentLink> parent = new AtomicReference<>();
    OutputStream answering =
        new OutputStream() {
          @Override
          public void write(int unused) {
            answerFirstRequest();
          }

          @Override
          public void write(byte[] frame, int offset, int length) {
            answerFirstRequest();
          }

          private void answerFirstRequest() {
            if (parent.get() instanceof ParentLink asked) {
              asked.answer(1, NO);
            }
          }
        };
    WorkerStreams streams =
        new WorkerStreams(Framing.PLAIN, InputStream.nullInputStream(), answering);
    ParentLink link = new ParentLink(new Uplink(streams));
    parent.set(link);
    Claims claims = new Claims(ClaimPage.find(page), null, link);
    claims.claim(0, 1);
    claims.mapSoon();
    ClaimPage.open(page).claim(0, 1, System.nanoTime());
  }

  /** Returns all that a parent would send. */
  private byte[] script(Path page, Path region) throws IOException {
    writer.offer(hello(page, region).frame(0));
    int number = 20;
    List<Task<?>> tasks =
        List.of(
            () -> number + 1,
            () -> {
              LoggerFactory.getLogger(Rehearsal.class).info("Rehearsal {}", number);
              Thread.currentThread().getContextClassLoader().getResource("no/such/resource");
              return List.of(number);
            },
            () -> {
              throw new IllegalStateException("a rehearsal");
            });
    for (int i = 0; i < tasks.size(); i++) {
      writer.offer(frames(i, encoder.encode(tasks.get(i))));
    }
    writer.offer(NO.frame(1)); // to nobody, for its classes
    writer.write(Frame.of(Opcode.GOODBYE, 0));
    return bytes.toByteArray();
  }

  private static Hello hello(Path page, Path region) {
    return new Hello(
        "rehearsal",
        1,
        ProcessHandle.current().pid(),
        System.nanoTime(),
        page.toString(),
        region.toString(),
        List.of(System.getProperty("java.class.path").split(File.pathSeparator)),
        Map.of("dev.baton.rehearsal", "true"),
        Map.of("spin", "0", "backend", "process", "class-fetch", "false"));
  }

  /** There is nobody to ask for a claim, so no task has a slot. */
  private static Frame[] frames(int id, Encoded task) {
    List<Frame> frames = new ArrayList<>();
    for (Template template : task.templates()) {
      frames.add(Frame.of(Opcode.DEFINE, template.site(), template.definition()));
    }
    TaskHead head = new TaskHead(TaskHead.NO_SLOT, 1, null, null, Map.of(), null, false);
    frames.add(head.frame(id, task.bytes()));
    return frames.toArray(new Frame[0]);
  }
}
