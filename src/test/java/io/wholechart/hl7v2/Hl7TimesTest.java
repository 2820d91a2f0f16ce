package io.wholechart.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Seed;
import io.wholechart.patient.ClinicalTime;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Hl7TimesTest {
  private static final DateTimeFormatter SENT = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
  private static final Hl7Times WITHOUT_ZONE = new Hl7Times(Optional.empty());

  @Test
  void aTimeWithAZoneIsTheInstantThatItIs() {
    for (int round = 0; round < 2000; round++) {
      RandomGenerator random = Seed.random(round);
      LocalDateTime local =
          LocalDateTime.of(1900, 1, 1, 0, 0).plusSeconds(random.nextLong(8_000_000_000L));
      // FHIR's zones end at 14 hours.
      ZoneOffset zone = ZoneOffset.ofTotalSeconds(random.nextInt(-13 * 60, 14 * 60) * 60);
      String digits = zone.getId().equals("Z") ? "+0000" : zone.getId().replace(":", "");

      var own = WITHOUT_ZONE.read(SENT.format(local) + digits).orElseThrow();
      var ofMessage =
          new Hl7Times(Optional.of("20260101" + digits)).read(SENT.format(local)).orElseThrow();

      assertThat(ClinicalTime.parse(own.text()).orElseThrow().epochMillis())
          .as(Seed.describe(round))
          .isEqualTo(local.toInstant(zone).toEpochMilli());
      assertThat(ofMessage).as(Seed.describe(round)).isEqualTo(own);
      assertThat(own.isCut()).as(Seed.describe(round)).isFalse();
    }
  }

  @Test
  void aTimeWithoutAnyZoneIsItsDayAndSaysThatItWasCut() {
    for (int round = 0; round < 500; round++) {
      LocalDateTime local =
          LocalDateTime.of(1900, 1, 1, 0, 0)
              .plusSeconds(Seed.random(round).nextLong(8_000_000_000L));

      assertThat(WITHOUT_ZONE.read(SENT.format(local)))
          .as(Seed.describe(round))
          .contains(new Hl7Times.Time(local.toLocalDate().toString(), true));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026, 2026",
    "202602, 2026-02",
    "20260203, 2026-02-03",
    "2026+0100, 2026",
    "20260203+0100, 2026-02-03",
    "' 20260203 ', 2026-02-03",
    "2026020311+0100, 2026-02-03T11:00:00+01:00",
    "202602031122+0100, 2026-02-03T11:22:00+01:00",
    "20260203112233.0100+0100, 2026-02-03T11:22:33.0100+01:00",
    "20240229112233-0000, 2024-02-29T11:22:33-00:00",
    "20260203112233+1400, 2026-02-03T11:22:33+14:00"
  })
  void theDigitsThatWereSentAreTheDigitsThatAreKept(String sent, String time) {
    assertThat(WITHOUT_ZONE.read(sent)).contains(new Hl7Times.Time(time, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"20260203112233+1401", "20260203112233+9900", "20260203112233-1260"})
  void aZoneThatIsNoneIsNotReplacedByTheMessages(String sent) {
    var times = new Hl7Times(Optional.of("20260101+0100"));

    assertThat(times.read(sent)).contains(new Hl7Times.Time("2026-02-03", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"20260101+9900", "nonsense", ""})
  void aMessageWhoseOwnZoneIsNoneHasNone(String made) {
    assertThat(new Hl7Times(Optional.of(made)).read("20260203112233"))
        .contains(new Hl7Times.Time("2026-02-03", true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "026",
        "20261",
        "20260",
        "20261301",
        "20260230",
        "20230229",
        "0000",
        "00000000",
        "20260203250000+0100",
        "20260203116000+0100",
        "20260203112260+0100",
        "2026-02-03",
        "now",
        "20260203112233.+0100",
        "20260203112233+01",
        "٢٠٢٦"
      })
  void whatIsNoTimeIsNone(String sent) {
    assertThat(WITHOUT_ZONE.read(sent)).isEmpty();
    assertThat(Hl7Times.instant(sent)).isEmpty();
  }

  @Test
  void aDateIsTheDateOfATime() {
    assertThat(Hl7Times.date("19800203112233")).contains("1980-02-03");
    assertThat(Hl7Times.date("1980")).contains("1980");
    assertThat(Hl7Times.date("00000000")).isEmpty();
  }
}
