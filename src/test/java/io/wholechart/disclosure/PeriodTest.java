package io.wholechart.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {
  @ParameterizedTest
  @CsvSource({
    "2026, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
    "2026-12, 2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z",
    "2024-02-29, 2024-02-29T00:00:00Z, 2024-03-01T00:00:00Z",
    "2026-01-31T08:15Z, 2026-01-31T08:15:00Z, 2026-01-31T08:16:00Z",
    "2026-01-31T08:15:00Z, 2026-01-31T08:15:00Z, 2026-01-31T08:15:01Z",
    "2026-01-31T08:15:00+01:00, 2026-01-31T07:15:00Z, 2026-01-31T07:15:01Z",
    "2026-01-31T08:15+01:00, 2026-01-31T07:15:00Z, 2026-01-31T07:16:00Z",
    "2026-01-31T08:15:00.123Z, 2026-01-31T08:15:00.123Z, 2026-01-31T08:15:00.124Z",
  })
  void aTimeIsAsLongAsItIsVague(String text, Instant from, Instant until) {
    assertThat(Period.of(text)).contains(new Period(from, until));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "26", "2026-13", "2026-02-30", "yesterday", "2026-01-31T08:15", "ge"})
  void whatIsNoTimeIsNone(String text) {
    assertThat(Period.of(text)).isEmpty();
    assertThat(Period.search(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31, false, true, false",
    "eq2026-01-31, false, true, false",
    "ge2026-01-31, false, true, true",
    "gt2026-01-31, false, false, true",
    "le2026-01-31, true, true, false",
    "lt2026-01-31, true, false, false",
  })
  void aSearchMeansWhatFhirSays(String text, boolean before, boolean on, boolean after) {
    Period period = Period.search(text).orElseThrow();

    assertThat(period.contains(Instant.parse("2026-01-30T23:59:59.999Z"))).isEqualTo(before);
    assertThat(period.contains(Instant.parse("2026-01-31T00:00:00Z"))).isEqualTo(on);
    assertThat(period.contains(Instant.parse("2026-01-31T23:59:59.999Z"))).isEqualTo(on);
    assertThat(period.contains(Instant.parse("2026-02-01T00:00:00Z"))).isEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ne2026-01-31", "ap2026-01-31", "sa2026-01-31", "xx2026"})
  void whatIsNotSearchedForIsRefused(String text) {
    assertThat(Period.search(text)).isEmpty();
  }

  @Test
  void twoSearchesTogetherAreWhatBothMean() {
    Period both =
        Period.search("ge2026-01-02")
            .orElseThrow()
            .and(Period.search("lt2026-01-03").orElseThrow());

    assertThat(both).isEqualTo(Period.of("2026-01-02").orElseThrow());
    assertThat(both.and(Period.of("2025").orElseThrow()).contains(both.from())).isFalse();
  }
}
