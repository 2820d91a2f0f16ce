package io.wholechart.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.ClinicalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dates of care choose among events; in doubt, what there is is shown. */
class CareDatesTest {

  @ParameterizedTest
  @CsvSource({
    "2026-01-31, 2026-01-31, 2026-01-31, true",
    "2026-01-31T23:59:59Z, 2026-01-31, 2026-01-31, true",
    "2026-02-01T00:00:00Z, 2026-01-31, 2026-01-31, false",
    "2026-01-30T23:59:59.999Z, 2026-01-31, 2026-01-31, false",
    "2026-01-30, 2026-01-31, , false",
    "2026-02-01, , 2026-01-31, false",
    "2026, 2026-06, 2026-07, true",
    "2026-06, 2026-06-15, 2026-06-15, true",
    "2026-05, 2026-06, 2026-07, false",
    "2026-08, 2026-06, 2026-07, false",
    "2026-06-30T23:00:00-02:00, , 2026-06, false",
  })
  void anEventIsThereIfItMayHaveBeenThen(String at, String start, String end, boolean isThere)
      throws Exception {
    assertThat(includes(start, end, observation("\"effectiveDateTime\":\"" + at + "\"")))
        .isEqualTo(isThere);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"start\":\"2025-12-01\",\"end\":\"2026-02-01\"}', true",
    "'{\"start\":\"2025-12-01\",\"end\":\"2026-01\"}', true",
    "'{\"start\":\"2025-12-01\",\"end\":\"2025-12-31\"}', false",
    "'{\"start\":\"2025-12-01\"}', true",
    "'{\"start\":\"2025-12-01\",\"end\":\"unreadable\"}', true",
    "'{\"start\":\"2026-02-01\"}', false",
  })
  void aPeriodIsThereIfItLastsIntoThem(String period, boolean isThere) throws Exception {
    String encounter = "{\"resourceType\":\"Encounter\",\"id\":\"e\",\"period\":" + period + "}";
    assertThat(includes("2026-01-01", "2026-01-31", encounter)).isEqualTo(isThere);
    assertThat(includes("2026-01-01", "2026-01-31", observation("\"effectivePeriod\":" + period)))
        .isEqualTo(isThere);
  }

  @Test
  void whatMayHoldTodayIsAlwaysThere() throws Exception {
    for (String standing :
        new String[] {
          "{\"resourceType\":\"AllergyIntolerance\",\"id\":\"a\",\"recordedDate\":\"1989\"}",
          "{\"resourceType\":\"Condition\",\"id\":\"c\",\"onsetDateTime\":\"1989\"}",
          "{\"resourceType\":\"MedicationRequest\",\"id\":\"m\",\"authoredOn\":\"1989\"}",
          "{\"resourceType\":\"CarePlan\",\"id\":\"p\",\"created\":\"1989\"}",
          observation("\"status\":\"final\""),
        }) {
      assertThat(includes("2026", "2026", standing)).as(standing).isTrue();
    }
  }

  private static String observation(String field) {
    return "{\"resourceType\":\"Observation\",\"id\":\"o\"," + field + "}";
  }

  private static boolean includes(String start, String end, String json) throws Exception {
    return new CareDates(
            start == null ? null : ClinicalTime.parse(start).orElseThrow(),
            end == null ? null : ClinicalTime.parse(end).orElseThrow())
        .include(Splices.entry("ehr", json));
  }
}
