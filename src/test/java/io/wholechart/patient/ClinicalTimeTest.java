package io.wholechart.patient;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.ClinicalTime.Precision;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClinicalTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2020, 2020-01-01T00:00:00Z, YEAR",
    "2020-02, 2020-02-01T00:00:00Z, MONTH",
    "2020-02-29, 2020-02-29T00:00:00Z, DAY",
    "2020-02-29T10:00:00Z, 2020-02-29T10:00:00Z, INSTANT",
    "2020-02-29T10:00:00.25+02:00, 2020-02-29T08:00:00.25Z, INSTANT",
    "2020-02-29T23:30:00-05:00, 2020-03-01T04:30:00Z, INSTANT",
    "1899-12-31T23:59:59Z, 1899-12-31T23:59:59Z, INSTANT"
  })
  void aTimeKeepsThePrecisionItWasStatedIn(String text, Instant earliest, Precision precision) {
    assertThat(ClinicalTime.parse(text))
        .contains(new ClinicalTime(earliest.toEpochMilli(), precision));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "now",
        "20",
        "+202",
        "-202",
        "２０２０",
        "2020-13",
        "2020-00",
        "2020-2-1",
        "2021-02-29",
        "2020-02-30",
        "20200229",
        "2020-02-29T10:00:00",
        "2020-02-29T25:00:00Z",
        "2020-02-29 10:00:00Z",
        "2020-02-29T10:00:00Zulu",
        "+999999999-12-31T23:59:59Z",
        "-999999999-01-01T00:00:00Z"
      })
  void anythingElseIsNoTime(String text) {
    assertThat(ClinicalTime.parse(text)).isEmpty();
  }

  @Test
  void aDayIsNotMidnight() {
    assertThat(time("2020-05-03")).isNotEqualTo(time("2020-05-03T00:00:00Z"));
    assertThat(time("2020-05-03T00:00:00Z")).isEqualTo(time("2020-05-03T02:00:00.000+02:00"));
  }

  @Test
  void timesAreOrderedByTheEarliestThatTheyCanMean() {
    List<ClinicalTime> inOrder =
        List.of(
            time("2019-12-31T23:59:59Z"),
            time("2020"),
            time("2020-01"),
            time("2020-01-01"),
            time("2020-01-01T00:00:00Z"),
            time("2020-01-01T00:00:00.001Z"));
    assertThat(inOrder.reversed().stream().sorted().toList()).isEqualTo(inOrder);
  }

  private static ClinicalTime time(String text) {
    return ClinicalTime.parse(text).orElseThrow();
  }
}
