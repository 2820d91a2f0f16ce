package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Journals as tests write them, and their files as tests look at them. */
final class Written {
  static final JournalEvents SILENT = new JournalEvents() {};

  private Written() {}

  static JournalSettings settings(Path directory) {
    return new JournalSettings(
        directory, "n1", directory.resolveSibling("key.pem"), null, null, 1 << 20);
  }

  static byte[] content(String id) {
    return ("\"kind\":\"outcome\",\"id\":\"" + id + "\"").getBytes(US_ASCII);
  }

  /** Opens, appends that many contents, and closes. */
  static void append(JournalSettings settings, int count) throws Exception {
    try (Journal journal = Journal.open(settings, SILENT)) {
      append(journal, count);
    }
  }

  static void append(Journal journal, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      assertThat(journal.appendDurably(content("c-" + i))).isInstanceOf(Receipt.Durable.class);
    }
  }

  /** The ids of all contents, in order, as a reader gives them out. */
  static List<String> ids(Path directory, ReadKeys keys) throws IOException {
    var ids = new ArrayList<String>();
    try (JournalReader reader = JournalReader.open(directory, keys, 1)) {
      while (reader.next()) {
        String text = new String(reader.line().content(), US_ASCII);
        if (text.startsWith("\"kind\":\"outcome\"")) {
          ids.add(text.substring(text.indexOf("\"id\":\"") + 6, text.length() - 1));
        }
      }
    }
    return ids;
  }

  static List<String> ids(Path directory) throws IOException {
    return ids(directory, ReadKeys.none());
  }

  static Path lastSegment(Path directory) throws IOException {
    return SegmentName.in(directory).getLast().path();
  }

  static String text(Path file) throws IOException {
    return Files.readString(file, US_ASCII);
  }
}
