package io.wholechart.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Seed;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RecordSpellingTest {
  /** What a text of JSON turns on. */
  private static final String TELLING = "\"\\,:{}[]0123456789-+.eEnul Zf\u00e4\u0000";

  private final RecordSpelling spelling = new RecordSpelling();

  @Test
  void theRecordsOfAnAccessAreToldFromTheirBytes() {
    for (AuditRecord record : common()) {
      assertThat(isCommon(RecordText.encode(record))).as("%s", record).isTrue();
      assertThat(isCommon(RecordText.encode(record.stamped(Records.stamp().spooled())))).isTrue();
    }
  }

  @Test
  void ofOthersTheTextHasTheLastWord() {
    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = RecordText.encode(Records.random(Seed.random(i)));

      assertThat(spelling.isSpelled(bytes, 0, bytes.length)).as(Seed.describe(i)).isTrue();
      assertThat(spelling.isSpelled(bytes, 0, bytes.length - 1))
          .as(Seed.describe(i))
          .isEqualTo(RecordText.decode(bytes, 0, bytes.length - 1).isPresent());
    }
  }

  /** A window: what stands around it is not looked at. */
  @Test
  void aContentIsAWindowOnItsLine() {
    byte[] bytes = (",," + text(common().getFirst()) + ",\"spooled\":true").getBytes(ISO_8859_1);

    assertThat(spelling.isCommon(bytes, 2, bytes.length - 15)).isTrue();
    assertThat(spelling.isCommon(bytes, 2, bytes.length - 14)).isFalse();
    assertThat(spelling.isCommon(bytes, 1, bytes.length)).isFalse();
  }

  /** Whatever is done to a record: what is accepted is one that reads, and is written as that. */
  @Test
  void nothingIsAcceptedThatIsNoRecord() {
    int accepted = 0;
    for (int i = 0; i < 100_000; i++) {
      RandomGenerator random = Seed.random(i);
      List<AuditRecord> common = common();
      AuditRecord record =
          random.nextInt(4) == 0
              ? Records.random(random)
              : common.get(random.nextInt(common.size()));
      byte[] bytes = changed(RecordText.encode(record), random);
      boolean isCommon = isCommon(bytes);
      accepted += isCommon ? 1 : 0;
      if (isCommon) {
        assertThat(RecordText.decode(bytes))
            .as("%s: %s", Seed.describe(i), new String(bytes, ISO_8859_1))
            .isPresent();
      }
    }
    assertThat(accepted).as("changes that leave a record").isGreaterThan(1_000);
  }

  /** What one would forget. */
  @Test
  void theseAreNotAccepted() {
    String outcome = text(Records.outcome("r-1", "p-1001", 12));
    for (String other :
        List.of(
            outcome.replace("\"traceId\":\"", "\"traceId\":nulx\""),
            outcome.replace("\"patient\":2,", "\"patient\":2,\"patient\":2,"),
            outcome.replace("\"requests\":1", "\"requests\":0"),
            outcome.replace("\"requests\":1", "\"requests\":2"),
            outcome.replace(
                "\"httpStatus\":200,\"completeness\"", "\"httpStatus\":600,\"completeness\""),
            outcome.replace("\"elapsedMs\":41", "\"elapsedMs\":041"),
            outcome.replace("\"elapsedMs\":41", "\"elapsedMs\":-41"),
            outcome.replace("\"elapsedMs\":41", "\"elapsedMs\":"),
            outcome.replace("\"asked\":\"7_a\"", "\"asked\":\"..\""),
            outcome.replace("\"identity\":\"match\"", "\"identity\":\"matched\""),
            outcome.replace("r-1", "r.1"),
            outcome.replace("p-1001", "p_1001"),
            outcome.replace("\"ward-7\"", "\"   \""),
            outcome.replace("\"ward-7\"", "\"\""),
            outcome.replace("2026-02-03", "2026-02-31"),
            outcome.replace("2026-02-03", "1969-02-03"),
            outcome.replace("T12:00", "T24:00"),
            outcome.replace("[\"nurse\"]", "[\"nurse\",]"),
            outcome.replace("},{", "}{"),
            outcome.replace(":0.5,", ":0.50,"),
            outcome.replace(Records.DIGEST, Records.DIGEST.toUpperCase(java.util.Locale.ROOT)))) {
      assertThat(isCommon(other.getBytes(ISO_8859_1))).as(other).isFalse();
      assertThat(other).isNotEqualTo(outcome);
    }
  }

  private static List<AuditRecord> common() {
    return List.of(
        Records.outcome("r-1", "p-1001", 12),
        Records.intent("r-1", "p-1001"),
        new AuditRecord.Ended(Records.stamp(), 12, true, 4711),
        new AuditRecord.Ended(Records.stamp(), 12, false, 0),
        new AuditRecord.Heartbeat(Records.stamp(), 12));
  }

  private static byte[] changed(byte[] bytes, RandomGenerator random) {
    byte[] changed = bytes;
    for (int i = random.nextInt(3); i >= 0; i--) {
      changed = changedOnce(changed, random);
    }
    return changed;
  }

  private static byte[] changedOnce(byte[] bytes, RandomGenerator random) {
    int at = random.nextInt(bytes.length);
    int end = Math.min(bytes.length, at + 1 + random.nextInt(12));
    var out = new ByteArrayOutputStream(bytes.length + 16);
    out.write(bytes, 0, at);
    switch (random.nextInt(5)) {
      case 0 -> out.write(telling(random));
      case 1 -> {
        out.write(telling(random));
        out.write(bytes, at, 1);
      }
      case 2 -> at = end - 1; // left out
      case 3 -> { // twice
        out.write(bytes, at, end - at);
        out.write(bytes, at, 1);
      }
      default -> out.write(bytes, random.nextInt(bytes.length), 1); // another's
    }
    out.write(bytes, at + 1, bytes.length - at - 1);
    return out.toByteArray();
  }

  private static int telling(RandomGenerator random) {
    return TELLING.charAt(random.nextInt(TELLING.length()));
  }

  private boolean isCommon(byte[] bytes) {
    return spelling.isCommon(bytes, 0, bytes.length);
  }

  private static String text(AuditRecord record) {
    return new String(RecordText.encode(record), ISO_8859_1);
  }
}
