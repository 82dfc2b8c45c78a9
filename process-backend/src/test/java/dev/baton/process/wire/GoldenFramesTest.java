package dev.baton.process.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The document's hex blocks are what is written and read. */
class GoldenFramesTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "wire-protocol.md");
  private static final Pattern BLOCK =
      Pattern.compile(
          "^```hex (PLAIN|CHECKED) ([^\\n]+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern OPCODE =
      Pattern.compile("^\\| `(..)` \\| ([A-Z]+) \\| (.*?) \\| (.*?) \\|", Pattern.MULTILINE);

  @TempDir private Path directory;

  private int regions;

  private static Map<String, String> blocks(Framing framing) throws IOException {
    Map<String, String> blocks = new LinkedHashMap<>();
    Matcher matcher = BLOCK.matcher(Files.readString(DOCUMENT));
    while (matcher.find()) {
      if (matcher.group(1).equals(framing.name())) {
        String hex = matcher.group(3).replaceAll("#[^\n]*", "").replaceAll("\\s", "");
        assertEquals(null, blocks.put(matcher.group(2), hex), "twice: " + matcher.group(2));
      }
    }
    return blocks;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @ParameterizedTest
  @EnumSource
  void theDocumentShowsEveryFrameAsItIsWritten(Framing framing) throws IOException {
    Map<String, String> written = new LinkedHashMap<>();
    Samples.frames()
        .forEach((name, frame) -> written.put(name, hex(Samples.stream(framing, frame.get()))));
    written.put("SEGMENT", hex(Samples.segments(framing)));
    written.put("SEGMENT in pieces", hex(Samples.segmentsInPieces(framing)));
    try (Region region = newRegion()) {
      written.put("SEGMENT in the region", hex(Samples.segmentsInRegion(framing, region)));
    }
    assertEquals(new TreeMap<>(written), new TreeMap<>(blocks(framing)));
  }

  @ParameterizedTest
  @EnumSource
  void theFramesOfTheDocumentAreReadAsTheyWereMeant(Framing framing) throws IOException {
    Map<String, String> blocks = blocks(framing);
    for (var sample : Samples.frames().entrySet()) {
      Frame frame = sample.getValue().get();
      ByteBuffer payload = ByteBuffer.allocate(frame.remaining());
      frame.copyTo(payload, frame.remaining());
      assertEquals(
          List.of(new Seen(frame.opcode(), frame.id(), payload.flip())),
          read(framing, blocks.getOrDefault(sample.getKey(), "")),
          sample.getKey());
    }
    assertEquals(
        List.of(new Seen(Opcode.TASK, 42, Samples.ascii("\u0001\u0003a large body"))),
        read(framing, blocks.getOrDefault("SEGMENT", "")));
    assertEquals(
        List.of(new Seen(Opcode.TASK, 42, Samples.ascii("\u0001\u0003a large body"))),
        read(framing, blocks.getOrDefault("SEGMENT in pieces", "")));
  }

  @ParameterizedTest
  @EnumSource
  void theSegmentInTheRegionIsReadAsItWasMeant(Framing framing) throws IOException {
    try (Region region = newRegion()) {
      Samples.segmentsInRegion(framing, region); // fills the slot
      assertEquals(
          List.of(new Seen(Opcode.TASK, 42, Samples.ascii("\u0001\u0003a " + Samples.VERY_LARGE))),
          read(framing, blocks(framing).getOrDefault("SEGMENT in the region", ""), region));
    }
  }

  private Region newRegion() throws IOException {
    return Region.create(directory.resolve("region-" + ++regions));
  }

  private static List<Seen> read(Framing framing, String hex) throws IOException {
    return read(framing, hex, null);
  }

  private static List<Seen> read(Framing framing, String hex, @Nullable Region region)
      throws IOException {
    ByteBuffer stream = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    Direction direction = directionOf(stream.get(framing == Framing.PLAIN ? 4 : 12));
    Seen.Sink sink = new Seen.Sink();
    FrameDecoder decoder = framing.decoder(direction, bytes -> {});
    PayloadAssembly assembly = new PayloadAssembly(direction, 100_000, sink);
    if (region != null) {
      assembly.use(region);
    }
    decoder.decode(stream, assembly);
    decoder.end();
    return sink.payloads;
  }

  private static Direction directionOf(byte code) {
    return Opcode.of(code, Direction.TO_WORKER) != null ? Direction.TO_WORKER : Direction.TO_HOST;
  }

  @Test
  void thereIsASampleOfEveryOpcode() {
    Set<Opcode> sampled = EnumSet.of(Opcode.SEGMENT);
    Samples.frames().values().forEach(frame -> sampled.add(frame.get().opcode()));
    assertEquals(EnumSet.allOf(Opcode.class), sampled);
  }

  @Test
  void theDocumentsTableNamesEveryOpcodeWithItsByteWayAndOrder() throws IOException {
    List<String> documented = new ArrayList<>();
    Matcher row = OPCODE.matcher(Files.readString(DOCUMENT));
    while (row.find()) {
      documented.add(
          String.join(" ", row.group(1), row.group(2), row.group(3), row.group(4)).strip());
    }
    List<String> known = new ArrayList<>();
    for (Opcode opcode : Opcode.values()) {
      known.add(describe(opcode));
    }
    assertEquals(known, documented);
  }

  private static String describe(Opcode opcode) {
    boolean toWorker = opcode.travels(Direction.TO_WORKER);
    boolean toHost = opcode.travels(Direction.TO_HOST);
    String way = toWorker ? toHost ? "both ways" : "to the worker" : "to the parent";
    String order =
        opcode == Opcode.SEGMENT ? "its payload's" : opcode.isInOrder() ? "in order" : "prompt";
    return "%02x %s %s %s".formatted(opcode.code(), opcode, way, order).strip();
  }
}
