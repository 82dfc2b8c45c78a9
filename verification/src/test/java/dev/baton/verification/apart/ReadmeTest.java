package dev.baton.verification.apart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compiles the code of README and of the documents with samples, and runs what a comment before it
 * says is to print something.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ReadmeTest {

  private static final Pattern BLOCK =
      Pattern.compile("(?:<!-- (compile|run: .*?) -->\n)?```java\n(.*?)```", Pattern.DOTALL);

  /** A piece of code and what is to be done with it. */
  private record Block(String order, String code) {

    String source() {
      String imports = code.lines().filter(Block::isImport).collect(Collectors.joining("\n"));
      String body = code.lines().filter(line -> !isImport(line)).collect(Collectors.joining("\n"));
      return imports
          + "\nclass Sample {\n  public static void main(String[] args) throws Exception {\n"
          + body
          + "\n  }\n}\n";
    }

    private static boolean isImport(String line) {
      return line.startsWith("import ");
    }
  }

  private static List<Block> blocks() throws Exception {
    List<Block> blocks = new ArrayList<>();
    for (Path document : List.of(Path.of("README.md"), Path.of("docs", "many-at-once.md"))) {
      Matcher matcher = BLOCK.matcher(Files.readString(Path.of("..").resolve(document)));
      while (matcher.find()) {
        blocks.add(new Block(matcher.group(1) == null ? "" : matcher.group(1), matcher.group(2)));
      }
    }
    return blocks;
  }

  @Test
  void eachPieceOfCodeIsMarkedToBeCompiledOrRun() throws Exception {
    assertTrue(blocks().size() >= 5, "README shows code");
    assertEquals(List.of(), blocks().stream().filter(b -> b.order().isEmpty()).toList());
  }

  @TestFactory
  Stream<DynamicTest> eachPieceOfCodeDoesWhatItSays(@TempDir Path folder) throws Exception {
    List<Block> blocks = blocks();
    return blocks.stream()
        .map(
            block ->
                DynamicTest.dynamicTest(
                    block.order() + " " + blocks.indexOf(block),
                    () -> check(block, folder.resolve("block" + blocks.indexOf(block)))));
  }

  private static void check(Block block, Path folder) throws Exception {
    Program program = Program.onClassPath(folder, Map.of("Sample.java", block.source()));
    if (block.order().startsWith("run: ")) {
      assertEquals(block.order().substring("run: ".length()), program.run("Sample"));
    }
  }
}
