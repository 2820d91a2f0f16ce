package io.wholechart.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.wholechart.journal.ReadKeys;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
  @TempDir Path folder;

  @Test
  void theLogAndItsReviewsComeOutOneALine() throws Exception {
    try (var log = new WrittenLog(folder)) {
      var request =
          Recordings.request("patient-read", "p-1001", Recordings.DOCTOR, Recordings.BROKEN_GLASS);
      long seq = log.write(Recordings.whole(request));
      Instant now = Instant.parse("2026-03-01T00:00:00Z");
      Reviews.close(log.settings, seq, "Dr. Roe", "was there", () -> now, new Random(1));
    }
    var out = new StringBuilder();
    export(Period.ALWAYS).fhir(out);

    List<String> subtypes = new ArrayList<>();
    for (String line : out.toString().split("\n")) {
      subtypes.add(new ObjectMapper().readTree(line).at("/subtype/0/code").textValue());
    }
    assertThat(subtypes)
        .containsExactly("epoch", "read", "closed", "epoch", "review-closed", "closed");
  }

  @Test
  void aRowAnAccessOfThePeriod() throws Exception {
    try (var log = new WrittenLog(folder)) {
      log.write(Recordings.whole(Recordings.request("patient-read", "p-1001")));
    }
    var january = new StringBuilder();
    export(Period.of("2026-01").orElseThrow()).csv(january);
    var february = new StringBuilder();
    export(Period.of("2026-02").orElseThrow()).csv(february);

    assertThat(january.toString().split("\r\n"))
        .hasSize(2)
        .satisfies(lines ->
            assertThat(lines[1])
                .startsWith(
                    "2026-01-31T08:15:00.123Z,node-one,2,0,200,,patient-read,p-1001,anonymous"));
    assertThat(february.toString().split("\r\n")).hasSize(1);
  }

  private Export export(Period period) {
    return new Export(folder.resolve("audit"), ReadKeys.none(), period);
  }
}
