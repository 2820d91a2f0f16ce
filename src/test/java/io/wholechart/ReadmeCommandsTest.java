package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every command on the audit log that the README shows is one that there is. */
class ReadmeCommandsTest {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  @Test
  void everyAuditCommandIsUnderstood() throws IOException {
    List<String> commands =
        Files.readAllLines(Path.of("README.md")).stream()
            .filter(line -> line.startsWith("wholechart audit "))
            .map(line -> line.replace("$RECEIPT", "n;seq=2;size=1").replaceAll(" +[#>].*", ""))
            .toList();

    assertThat(commands).hasSizeGreaterThanOrEqualTo(8);
    for (String command : commands) {
      String[] words =
          WORD.matcher(command).results().map(ReadmeCommandsTest::word).toArray(String[]::new);
      assertThatCode(() -> parse(Arrays.copyOfRange(words, 1, words.length)))
          .as(command)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void aCommandThatThereIsNotIsSeen() {
    assertThatThrownBy(() -> parse("audit", "report", "--patients", "p-1001"))
        .isInstanceOf(CommandLine.ParameterException.class);
  }

  private static void parse(String... arguments) {
    new CommandLine(new Wholechart())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(arguments);
  }

  private static String word(MatchResult word) {
    for (int group = 1; group <= 3; group++) {
      if (word.group(group) != null) {
        return word.group(group);
      }
    }
    return "";
  }
}
