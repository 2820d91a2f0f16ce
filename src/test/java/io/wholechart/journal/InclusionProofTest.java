package io.wholechart.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wholechart.journal.InclusionProof.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InclusionProofTest {
  private static final JournalEvents SILENT = new JournalEvents() {};

  @TempDir Path folder;

  @Test
  void everyLineOfALogOfAnySizeIsProven() throws Exception {
    for (int records = 1; records <= 17; records++) {
      long size = write("log-" + records, records, 1 << 20);
      for (long seq = 1; seq <= size; seq++) {
        InclusionProof proof = prove("log-" + records, seq);
        InclusionProof read = InclusionProof.parse(proof.text()).orElseThrow();

        long expected = seq;
        assertThat(read.check(key("log-" + records)))
            .isInstanceOfSatisfying(
                Verdict.Proven.class,
                proven -> {
                  assertThat(proven.line().seq()).isEqualTo(expected);
                  assertThat(proven.size()).isEqualTo(size);
                });
      }
    }
  }

  @Test
  void whatWasDroppedFromTheBeginningIsNotNeededForTheRest() throws Exception {
    long size = write("log", 60, 4096);
    for (SegmentName segment : SegmentName.in(directory("log"))) {
      for (long seq = segment.first(); seq <= size; seq++) {
        assertThat(prove("log", seq).check(key("log"))).isInstanceOf(Verdict.Proven.class);
      }
      Files.delete(segment.path());
      assertThatThrownBy(() -> prove("log", segment.first())).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whateverCharacterIsChangedItIsNoLongerProven() throws Exception {
    write("log", 5, 1 << 20);
    String text = prove("log", 3).text();
    String key = key("log");
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'A' ? 'B' : 'A';
      String changed = text.substring(0, i) + other + text.substring(i + 1);

      assertThat(
              InclusionProof.parse(changed)
                  .map(proof -> proof.check(key))
                  .filter(Verdict.Proven.class::isInstance))
          .as("%s for %s at %d", other, text.charAt(i), i)
          .isEmpty();
    }
  }

  @Test
  void aHashHasOneSpelling() throws Exception {
    write("log", 5, 1 << 20);
    String text = prove("log", 3).text();
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    int padded = 0;
    for (int i = text.indexOf("=\n"); i >= 0; i = text.indexOf("=\n", i + 1)) {
      // The last character of 32 bytes has two spare bits, which a lenient reader passes over.
      int last = text.charAt(i - 1) == '=' ? i - 2 : i - 1;
      char other = alphabet.charAt(alphabet.indexOf(text.charAt(last)) + 1);
      assertThat(InclusionProof.parse(text.substring(0, last) + other + text.substring(last + 1)))
          .satisfiesAnyOf(
              parsed -> assertThat(parsed).isEmpty(),
              parsed ->
                  assertThat(parsed.orElseThrow().check(key("log")))
                      .isInstanceOf(Verdict.NotProven.class));
      padded++;
    }
    assertThat(padded).isGreaterThan(2);
    assertThat(InclusionProof.parse(text.replace("index ", "index 0"))).isEmpty();
  }

  @Test
  void anotherLogsKeyProvesNothing() throws Exception {
    write("log", 5, 1 << 20);
    write("other", 5, 1 << 20);

    assertThat(prove("log", 3).check(key("other"))).isInstanceOf(Verdict.NotProven.class);
    assertThat(prove("log", 3).check("no key")).isInstanceOf(Verdict.NotProven.class);
  }

  @Test
  void aRecordThatIsNotSignedForCannotBeProven() throws Exception {
    long size = write("log", 5, 1 << 20);

    assertThatThrownBy(() -> prove("log", size + 1)).hasMessageContaining("signed for");
    assertThatThrownBy(() -> prove("log", 0)).hasMessageContaining("signed for");
  }

  @Test
  void aLogThatWasWrittenAnewIsNotProven() throws Exception {
    write("log", 5, 1 << 20);
    Path other = directory("other");
    write("other", 5, 1 << 20);
    Path forged = SegmentName.in(other).getFirst().path();
    Path segment = SegmentName.in(directory("log")).getFirst().path();
    Files.writeString(
        segment,
        Files.readString(forged).replace("node-other", "node-log"), // and so no hash fits
        StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> prove("log", 3)).isInstanceOf(IOException.class);
  }

  private InclusionProof prove(String log, long seq) throws IOException {
    return InclusionProof.of(directory(log), ReadKeys.none(), seq);
  }

  private String key(String log) throws IOException {
    return Files.readString(directory(log).resolve("keys/epoch-000001.pub"));
  }

  private Path directory(String log) {
    return folder.resolve(log);
  }

  /** Writes a log, and says how many records it has with the journal's own. */
  private long write(String log, int records, long segmentBytes) throws Exception {
    var settings =
        new JournalSettings(
            directory(log), "node-" + log, folder.resolve(log + ".pem"), null, null, segmentBytes);
    try (Journal journal = Journal.open(settings, SILENT)) {
      for (int i = 0; i < records; i++) {
        byte[] content =
            ("\"kind\":\"outcome\",\"id\":\"" + i + "\",\"pad\":\"" + "x".repeat(300) + "\"")
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(journal.appendDurably(content)).isInstanceOf(Receipt.Durable.class);
      }
    }
    long size = 0;
    try (JournalReader reader = JournalReader.open(directory(log), ReadKeys.none(), 1)) {
      while (reader.next()) {
        size = reader.line().seq();
      }
    }
    return size;
  }
}
