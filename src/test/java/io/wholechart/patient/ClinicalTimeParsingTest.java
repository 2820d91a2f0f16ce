package io.wholechart.patient;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Seed;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The hand-written reading against java.time's, which it must never differ from. */
class ClinicalTimeParsingTest {
  private static final String CHARACTERS = "0123456789-+:.TZtz 5";

  private final RandomGenerator random = Seed.random(0);

  @Test
  void everyTimeIsReadAsJavaTimeReadsIt() {
    for (int i = 0; i < 50_000; i++) {
      String text = time();
      assertThat(ClinicalTime.parse(text))
          .as("%s, %s", text, Seed.describe(0))
          .isEqualTo(oracle(text));
    }
  }

  @Test
  void whatIsNoTimeIsNone() {
    for (int i = 0; i < 200_000; i++) {
      String text = damaged(time());
      assertThat(ClinicalTime.parse(text))
          .as("%s, %s", text, Seed.describe(0))
          .isEqualTo(oracle(text));
    }
  }

  private static Optional<ClinicalTime> oracle(String text) {
    if (text.length() == 4 || text.length() == 7) {
      return ClinicalTime.parse(text); // these are java.time's anyway
    }
    try {
      if (text.length() == 10) {
        long millis = LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        return Optional.of(new ClinicalTime(millis, ClinicalTime.Precision.DAY));
      }
      return Optional.of(
          new ClinicalTime(
              OffsetDateTime.parse(text).toInstant().toEpochMilli(),
              ClinicalTime.Precision.INSTANT));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private String time() {
    var at = Instant.ofEpochSecond(random.nextLong(-5_000_000_000L, 8_000_000_000L));
    var offset = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1));
    String seconds = at.atOffset(offset).toLocalDateTime().withNano(0) + "";
    if (seconds.length() == 16) {
      seconds += ":00"; // java.time leaves them out
    }
    if (random.nextInt(4) == 0) {
      return seconds.substring(0, 10);
    }
    int digits = random.nextInt(10);
    String fraction =
        digits == 0
            ? ""
            : "." + String.format("%09d", random.nextInt(1_000_000_000)).substring(0, digits);
    return seconds + fraction + offset;
  }

  private String damaged(String text) {
    var damaged = new StringBuilder(text);
    int at = random.nextInt(text.length());
    char character = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
    switch (random.nextInt(4)) {
      case 0 -> damaged.setCharAt(at, character);
      case 1 -> damaged.insert(at, character);
      case 2 -> damaged.deleteCharAt(at);
      default -> damaged.setLength(at);
    }
    return damaged.toString();
  }
}
