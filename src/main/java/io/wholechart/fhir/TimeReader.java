package io.wholechart.fhir;

import static io.wholechart.fhir.Json.firstField;
import static io.wholechart.fhir.Json.nextField;
import static io.wholechart.fhir.Json.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.wholechart.patient.ClinicalTime;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Picks out when what a resource tells was so. */
final class TimeReader {
  /**
   * R4's clinically relevant times by their rank, the telling ones first: no type has two that
   * compete.
   */
  private static final Map<String, Integer> TIMES =
      ranked(
          "effectiveDateTime",
          "effectiveInstant",
          "effectivePeriod",
          "onsetDateTime",
          "onsetPeriod",
          "performedDateTime",
          "performedPeriod",
          "occurrenceDateTime",
          "whenHandedOver",
          "whenPrepared",
          "started",
          "authoredOn",
          "period",
          "date",
          "created",
          "recordedDate",
          "dateAsserted",
          "issued");

  private static Map<String, Integer> ranked(String... names) {
    Map<String, Integer> ranks = new HashMap<>();
    for (String name : names) {
      ranks.put(name, ranks.size());
    }
    return Map.copyOf(ranks);
  }

  private final JsonParser parser;
  private int rank = Integer.MAX_VALUE;
  private @Nullable String stated;

  TimeReader(JsonParser parser) {
    this.parser = parser;
  }

  void begin() {
    rank = Integer.MAX_VALUE;
    stated = null;
  }

  @Nullable ClinicalTime time() {
    return stated == null ? null : ClinicalTime.parse(stated).orElse(null);
  }

  /** Takes the field where it is a time and more telling than what there is, and else skips it. */
  void field(String name) throws IOException {
    int itsRank = TIMES.getOrDefault(name, Integer.MAX_VALUE);
    if (itsRank >= rank) {
      parser.skipChildren();
      return;
    }
    @Nullable String value =
        parser.currentToken() == JsonToken.START_OBJECT ? startOfPeriod() : text(parser);
    if (value != null) {
      rank = itsRank;
      stated = value;
    }
  }

  private @Nullable String startOfPeriod() throws IOException {
    @Nullable String start = null;
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      if (field.equals("start")) {
        start = text(parser);
      } else {
        parser.skipChildren();
      }
    }
    return start;
  }
}
