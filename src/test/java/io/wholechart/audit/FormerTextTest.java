package io.wholechart.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wholechart.journal.Journal;
import java.time.Instant;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class FormerTextTest {
  private static final long SEED = 7;

  @Test
  void aRecordHasOneSpelling() {
    assertThat(text(FormerRecords.record("r-1")))
        .isEqualTo(
            """
            "kind":"outcome","at":"2026-02-03T12:00:00.125Z","requestId":"r-1","caller":"ward-7","patientId":"p-1001",\
            "urgency":"emergency","interaction":"read","sources":[{"source":"ehr","asked":"7_a","outcome":"ok",\
            "identity":"match","elapsedMs":41,"attempts":1,"entries":24},{"source":"imaging","asked":null,"outcome":"timeout",\
            "identity":null,"elapsedMs":2000,"attempts":2,"entries":0}],"httpStatus":200,"completeness":0.5,\
            "problem":null\
            """);
  }

  @Test
  void aSummaryNamesNoPatientAndSaysHowManyItStandsFor() {
    assertThat(text(FormerRecords.record("r-1").summary("s-1", 37)))
        .contains("\"requestId\":\"s-1\"", "\"patientId\":null", "\"sources\":[]")
        .endsWith(",\"problem\":null,\"requests\":37");
    assertThat(text(FormerRecords.record("r-1"))).doesNotContain("requests");
  }

  @Test
  void whatIsNotThereIsNull() {
    var refused =
        new FormerRecord(
            Instant.EPOCH, "r", "c", null, null, "read", List.of(), 400, null, "bad-id");
    assertThat(text(refused))
        .isEqualTo(
            """
            "kind":"outcome","at":"1970-01-01T00:00:00.000Z","requestId":"r","caller":"c","patientId":null,\
            "urgency":null,"interaction":"read","sources":[],"httpStatus":400,\
            "completeness":null,"problem":"bad-id\"\
            """);
  }

  @Test
  void everyRecordReadsBackAndIsJsonOfPrintableAscii() throws Exception {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    var json = new ObjectMapper();
    for (int i = 0; i < 3000; i++) {
      FormerRecord record = FormerRecords.random(random);
      byte[] bytes = FormerText.encode(record);
      assertThat(FormerText.decode(bytes, 0, bytes.length))
          .as("record %d of seed %d", i, SEED)
          .contains(record);
      for (byte b : bytes) {
        assertThat(b).isBetween((byte) ' ', (byte) '~');
      }
      JsonNode tree = json.readTree("{" + new String(bytes, ISO_8859_1) + "}");
      assertThat(tree.path("caller").textValue()).isEqualTo(record.caller());
      assertThat(tree.path("sources")).hasSize(record.sources().size());
    }
  }

  @Test
  void timesAreSpelledAsJavaSpellsThemWithMilliseconds() {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    var spelling = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    for (int i = 0; i < 3000; i++) {
      Instant at = Instant.ofEpochMilli(random.nextLong(253_402_300_800_000L));
      var text = new StringBuilder();
      TimeText.append(text, at);
      assertThat(text).as("time %d of seed %d", i, SEED).hasToString(spelling.format(at));
      assertThat(TimeText.parse(text.toString())).isEqualTo(at);
    }
  }

  @Test
  void theLongestRecordFitsALine() {
    String name = "\u20ac".repeat(128);
    String word = "w".repeat(128);
    var access =
        new FormerSource(
            name,
            "p".repeat(64),
            word,
            "unverified",
            Long.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE);
    var longest =
        new FormerRecord(
            FormerRecords.NOON,
            "r".repeat(64),
            name + name,
            "p".repeat(64),
            word,
            word,
            Collections.nCopies(200, access),
            200,
            0.1234567890123456,
            word);
    assertThat(FormerText.encode(longest).length).isLessThan(Journal.LONGEST_CONTENT);
  }

  @Test
  void anotherSpellingOfTheSameRecordIsNone() {
    String text = text(FormerRecords.record("r-1"));
    for (String other :
        List.of(
            text.replace("\"caller\":", "\"caller\": "),
            text.replace("ward-7", "ward\\u002d7"),
            text.replace("ward-7", "ward\\-7"),
            text.replace(":0.5,", ":0.50,"),
            text.replace(":0.5,", ":5E-1,"),
            text.replace(":200,", ":0200,"),
            text.replace(":200,", ":99999999999,"),
            text.replace(".125Z", ".1250Z"),
            text.replace(".125Z", ".125+00:00"),
            text.replace("12:00:00.125Z", "12-00-00.125Z"),
            text.replace("12:00:00.125Z", "+1:00:00.125Z"),
            text.replace("12:00:00.125Z", "25:00:00.125Z"),
            text.replace("\"problem\":null", "\"problem\":null,\"problem\":null"),
            text.replace("\"caller\":", "\"requestId\":\"x\",\"caller\":"),
            text.replace("},{", "},,{"),
            text.replace("ward-7", "ward-7\\"),
            text.replace("ward-7", "\\u12"),
            text.replace("ward-7", "\u00e4"),
            text + " ",
            "")) {
      byte[] bytes = other.getBytes(ISO_8859_1);
      assertThat(FormerText.decode(bytes, 0, bytes.length)).as(other).isEmpty();
    }
  }

  private static String text(FormerRecord record) {
    return new String(FormerText.encode(record), ISO_8859_1);
  }
}
