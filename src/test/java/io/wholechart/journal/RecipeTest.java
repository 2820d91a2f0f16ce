package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe that the package's page gives to people without this program. */
class RecipeTest {
  private static final Path PAGE = Path.of("src/main/java/io/wholechart/journal/package-info.java");

  @TempDir Path folder;

  @Test
  void theRecipeComesToTheSameVerdict() throws Exception {
    assumeTrue(Files.exists(PAGE), "the sources are not here");
    Path directory = SampleLogs.readable(folder);
    var whole = (Verification.Whole) JournalVerifier.verify(directory);
    assertThat(whole.records()).isEqualTo(14);
    assertThat(python(directory)).isEqualTo("14 " + whole.head() + " 14");

    Path checkpoints = directory.resolve("checkpoints.txt");
    String notes = Files.readString(checkpoints);
    Files.writeString(
        checkpoints, notes.substring(notes.indexOf("\n\n", notes.indexOf("\n\n") + 2) + 2));
    assertThat(python(directory)).contains("does not follow the one before it");
    Files.writeString(checkpoints, notes);

    Path last = Written.lastSegment(directory);
    String text = Written.text(last);
    Files.writeString(last, text.replace("c-1", "c-9"));
    assertThat(python(directory)).isEqualTo("record 13 was changed");
    Files.writeString(last, text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1));
    assertThat(python(directory)).isEqualTo("14 records are signed for, and 13 are there");
    Files.delete(SegmentName.in(directory).get(1).path());
    assertThat(python(directory)).contains("does not go on from record 4");
  }

  private static String python(Path directory) throws Exception {
    String page = Files.readString(PAGE, UTF_8);
    String recipe =
        page.substring(page.indexOf(" * import base64"), page.indexOf(" * }</pre>\n *\n * <p>or a"))
            .lines()
            .map(line -> line.substring(Math.min(3, line.length())))
            .collect(Collectors.joining("\n"));
    Process process;
    try {
      process =
          new ProcessBuilder("python3", "-c", recipe, directory.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "there is no python3 here");
      return "";
    }
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said.strip();
  }
}
