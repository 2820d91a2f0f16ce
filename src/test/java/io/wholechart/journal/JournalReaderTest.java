package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReaderTest {
  @TempDir Path folder;
  private Path directory = Path.of("");
  private JournalSettings settings = Written.settings(Path.of("x"));

  @BeforeEach
  void settings() {
    directory = folder.resolve("journal");
    settings = new JournalSettings(directory, "n1", folder.resolve("key.pem"), null, null, 4096);
  }

  @Test
  void aReaderFollowsFromFileToFileWhileTheyAreWritten() throws Exception {
    List<Long> seen = new ArrayList<>();
    for (int opened = 0; opened < 3; opened++) {
      try (Journal journal = Journal.open(settings, Written.SILENT);
          JournalReader reader =
              JournalReader.open(
                  directory, ReadKeys.none(), seen.size() + 1L, journal::durableSize)) {
        for (int round = 0; round < 10; round++) {
          Written.append(journal, 7);
          while (reader.next()) {
            seen.add(reader.line().seq());
          }
          assertThat(seen).hasSize((int) journal.durableSize()).isSorted().doesNotHaveDuplicates();
        }
      }
    }
    assertThat(SegmentName.in(directory)).hasSizeGreaterThan(6);
  }

  @Test
  void aReaderThatIsAtTheEndSeesWhatTheNextProcessWrites() throws Exception {
    Written.append(settings, 1);
    try (JournalReader reader = JournalReader.open(directory, ReadKeys.none(), 3)) {
      assertThat(reader.next()).isTrue(); // that it was closed
      assertThat(reader.next()).isFalse();
      Journal.open(settings, Written.SILENT).close(); // leaves one more record
      assertThat(reader.next()).isTrue();
      assertThat(reader.line().seq()).isEqualTo(4);
      assertThat(reader.next()).isFalse();
      Written.append(settings, 1);
      assertThat(reader.next()).isTrue();
      assertThat(reader.line().seq()).isEqualTo(5);
    }
  }

  @Test
  void aLineSaysWhatItIs() throws Exception {
    Written.append(settings, 1);
    try (JournalReader reader = JournalReader.open(directory, ReadKeys.none(), 2)) {
      assertThat(reader.next()).isTrue();
      JournalLine line = reader.line();
      assertThat(line.seq()).isEqualTo(2);
      assertThat(line.epoch()).isEqualTo(1);
      assertThat(line.node()).isEqualTo("n1");
      assertThat(line.content()).isEqualTo(Written.content("c-0"));
      String raw = new String(line.raw(), US_ASCII);
      assertThat(Written.text(Written.lastSegment(directory))).contains("\n" + raw + "\n");
      assertThat(raw).endsWith("\"hash\":\"" + Hex.text(line.hash()) + "\"}");
      assertThat(line.toString()).doesNotContain("c-0");
    }
  }

  @Test
  void aTornLineIsNotShownUntilItIsWhole() throws Exception {
    Written.append(settings, 1);
    Path file = Written.lastSegment(directory);
    String text = Written.text(file);
    Files.writeString(file, text.substring(0, text.length() - 20));
    try (JournalReader reader = JournalReader.open(directory, ReadKeys.none(), 3)) {
      assertThat(reader.next()).isFalse();
      Files.writeString(file, text.substring(text.length() - 20), StandardOpenOption.APPEND);
      assertThat(reader.next()).isTrue();
    }
  }

  @Test
  void whatWasChangedOrIsMissingIsNotReadOver() throws Exception {
    Written.append(settings, 40);
    Path second = SegmentName.in(directory).get(1).path();
    String text = Written.text(second);
    Files.writeString(second, text.replace("c-1", "x-1"));
    assertThatIOException()
        .isThrownBy(() -> Written.ids(directory))
        .withMessageContaining("was changed");
    Files.delete(second);
    assertThatIOException()
        .isThrownBy(() -> Written.ids(directory))
        .withMessageContaining("is missing before");
  }

  @Test
  void aTailThatWasCutByACrashIsMendedAtEveryByte() throws Exception {
    Written.append(settings, 2);
    Path file = Written.lastSegment(directory);
    byte[] whole = Files.readAllBytes(file);
    Files.delete(directory.resolve("checkpoints.txt")); // they would say that it was cut
    int lines = (int) Written.text(file).lines().count();
    int start = Written.text(file).lastIndexOf('\n', whole.length - 2) + 1;
    for (int length = start; length < whole.length; length += 7) {
      for (SegmentName other : SegmentName.in(directory)) {
        Files.delete(other.path());
      }
      Files.deleteIfExists(directory.resolve("checkpoints.txt"));
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      try (Journal journal = Journal.open(settings, Written.SILENT)) {
        assertThat(journal.durableSize()).as("cut at %d", length).isEqualTo(lines - 2);
        await().until(() -> journal.checkpointSize() == journal.durableSize());
      }
      assertThat(JournalVerifier.verify(directory).exitCode()).isZero();
    }
  }
}
