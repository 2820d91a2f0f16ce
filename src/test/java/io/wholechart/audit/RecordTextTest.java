package io.wholechart.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class RecordTextTest {
  private static final long SEED = 7;
  private static final String AGENT =
      """
      "agent":{"issuer":"https://id.example","subject":"u-7","name":"ward-7","roles":["nurse"],\
      "client":"app","tokenId":"t-1","address":"127.0.0.1"},"patientId":"p-1001",\
      "interaction":"patient-read","purpose":{"purposeOfUse":"ETREAT","urgencyAsked":"emergency",\
      "urgencyGranted":"emergency","reason":null}\
      """;
  private static final String HEAD =
      "\"at\":\"2026-02-03T12:00:00.125Z\",\"mono\":42,\"run\":\"00c0ffee\"";

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

  @Test
  void anIntentHasOneSpelling() {
    assertThat(text(Records.intent("r-1", "p-1001")))
        .isEqualTo(
            "\"kind\":\"intent\","
                + HEAD
                + ",\"requestId\":\"r-1\",\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\","
                + AGENT);
  }

  @Test
  void anOutcomeHasOneSpelling() {
    assertThat(text(Records.outcome("r-1", "p-1001", 12)))
        .isEqualTo(
            ("\"kind\":\"outcome\","
                    + HEAD
                    + ",\"intent\":12,\"requestId\":\"r-1\","
                    + "\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\","
                    + AGENT
                    + """
                    ,"sources":[{"source":"ehr","asked":"7_a","notContacted":null,"outcome":"ok",\
                    "httpStatus":200,"identity":"match","elapsedMs":41,"attempts":1,"entries":24,\
                    "bytes":5120,"digest":"DIGEST"},{"source":"imaging","asked":null,\
                    "notContacted":"circuit-open","outcome":"circuit-open","httpStatus":null,\
                    "identity":null,"elapsedMs":0,"attempts":0,"entries":0,"bytes":0,"digest":null}],\
                    "sections":{"patient":2,"allergies":0},"httpStatus":200,"completeness":0.5,\
                    "problem":null,"outcome":"4","digest":"DIGEST","bytes":4711,"requests":1\
                    """)
                .replace("DIGEST", Records.DIGEST));
  }

  @Test
  void theOthersHaveOneSpelling() {
    Stamp stamp = Records.stamp();
    spelled(
        new AuditRecord.Ended(stamp, 7, true, 9),
        "ended",
        "\"of\":7,\"how\":\"delivered\",\"bytes\":9");
    spelled(
        new AuditRecord.Ended(stamp, 7, false, 0),
        "ended",
        "\"of\":7,\"how\":\"aborted\",\"bytes\":0");
    spelled(new AuditRecord.Interrupted(stamp, 7), "interrupted", "\"of\":7");
    spelled(
        new AuditRecord.Configured(stamp, "1.0", Records.DIGEST),
        "configured",
        "\"version\":\"1.0\",\"digest\":\"" + Records.DIGEST + "\"");
    spelled(
        new AuditRecord.Status(stamp, "started", "clean"),
        "status",
        "\"event\":\"started\",\"detail\":\"clean\"");
    spelled(new AuditRecord.Heartbeat(stamp, 12), "heartbeat", "\"records\":12");
    spelled(
        new AuditRecord.Gap(stamp, Instant.EPOCH, Records.NOON, 2, List.of(Records.DIGEST)),
        "gap",
        "\"from\":\"1970-01-01T00:00:00.000Z\",\"to\":\"2026-02-03T12:00:00.125Z\",\"count\":2,\"hashes\":[\""
            + Records.DIGEST
            + "\"]");
    spelled(
        new AuditRecord.ReviewClosed(stamp, 7, "J. \u00c4rztin", "looked at"),
        "review-closed",
        "\"of\":7,\"by\":\"J. \\u00c4rztin\",\"note\":\"looked at\"");
    spelled(
        new AuditRecord.Heartbeat(stamp.spooled(), 12),
        "heartbeat",
        "\"records\":12,\"spooled\":true");
  }

  @Test
  void aSummaryNamesNoPatientAndSaysHowManyItStandsFor() {
    assertThat(text(Records.outcome("r-1", "p-1001", 0).summary("s-1", 37)))
        .contains(
            "\"requestId\":\"s-1\"", "\"patientId\":null", "\"sources\":[]", "\"sections\":{}")
        .endsWith(",\"digest\":null,\"bytes\":0,\"requests\":37");
  }

  @Test
  void everyRecordReadsBackAndIsJsonOfPrintableAscii() throws Exception {
    var json = new ObjectMapper();
    for (int i = 0; i < 3000; i++) {
      AuditRecord record = Records.random(random);
      byte[] bytes = RecordText.encode(record);
      assertThat(RecordText.decode(bytes)).as("record %d of seed %d", i, SEED).contains(record);
      for (byte b : bytes) {
        assertThat(b).isBetween((byte) ' ', (byte) '~');
      }
      JsonNode tree = json.readTree("{" + new String(bytes, ISO_8859_1) + "}");
      assertThat(tree.path("run").textValue()).isEqualTo(record.stamp().run());
      if (record instanceof AuditRecord.Outcome outcome) {
        assertThat(tree.path("agent").path("name").textValue())
            .isEqualTo(outcome.request().agent().name());
        assertThat(tree.path("sources")).hasSize(outcome.sources().size());
      }
    }
  }

  /** Whatever is done to a byte: no record, or one that is spelled as it stands there. */
  @Test
  void aChangedByteIsNeverReadAsWhatItWas() {
    for (int i = 0; i < 20_000; i++) {
      AuditRecord record = Records.random(random);
      byte[] bytes = RecordText.encode(record);
      int at = random.nextInt(bytes.length);
      byte before = bytes[at];
      bytes[at] = (byte) random.nextInt(256);
      Optional<AuditRecord> read = RecordText.decode(bytes);
      if (bytes[at] != before) {
        assertThat(read).as("record %d of seed %d", i, SEED).isNotEqualTo(Optional.of(record));
        read.ifPresent(other -> assertThat(RecordText.encode(other)).isEqualTo(bytes));
      }
    }
  }

  @Test
  void timesAreSpelledAsJavaSpellsThemWithMilliseconds() {
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
        new SourceAccess(
            name,
            "p".repeat(64),
            word,
            word,
            999,
            "unverified",
            Long.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            Records.DIGEST);
    AuditRecord.Outcome outcome = Records.outcome("r-1", "p-1001", 12);
    var longest =
        new AuditRecord.Outcome(
            outcome.stamp(),
            Long.MAX_VALUE,
            outcome.request(),
            Collections.nCopies(AuditRecord.MOST_SOURCES, access),
            Map.of(),
            outcome.answer(),
            1);
    assertThat(RecordText.encode(longest).length).isLessThan(384 * 1024);
  }

  @Test
  void anotherSpellingOfTheSameRecordIsNone() {
    String text = text(Records.outcome("r-1", "p-1001", 12));
    for (String other :
        List.of(
            text.replace("\"patientId\":", "\"patientId\": "),
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
            text.replace("\"patientId\":", "\"requestId\":\"x\",\"patientId\":"),
            text.replace("},{", "},,{"),
            text.replace("\"patient\":2,", "\"patient\":2,\"patient\":2,"),
            text.replace("ward-7", "ward-7\\"),
            text.replace("ward-7", "\\u12"),
            text.replace("ward-7", "\u00e4"),
            text.replace("\"outcome\":\"4\"", "\"outcome\":\"5\""),
            text.replace("\"kind\":\"outcome\"", "\"kind\":\"intent\""),
            text + ",\"spooled\":false",
            text + " ",
            "")) {
      assertThat(RecordText.decode(other.getBytes(ISO_8859_1))).as(other).isEmpty();
    }
  }

  private static void spelled(AuditRecord record, String kind, String fields) {
    assertThat(text(record)).isEqualTo("\"kind\":\"" + kind + "\"," + HEAD + "," + fields);
  }

  private static String text(AuditRecord record) {
    return new String(RecordText.encode(record), ISO_8859_1);
  }
}
