package io.wholechart.http;

import io.wholechart.disclosure.EventSearch.Query;
import io.wholechart.disclosure.Period;
import io.wholechart.http.Problem.Kind;
import io.wholechart.patient.PatientId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code AuditEvent?patient=&date=} was asked.
 *
 * @param dates as they were given, for the links
 * @param asOf when the first page was asked for. What is younger is on no page: each page is an
 *     access too, and paging would find itself for ever.
 */
record AuditEventRequest(Query query, List<String> dates, Instant asOf) {
  private static final String PATIENT = "patient";
  private static final String DATE = "date";
  private static final String COUNT = "_count";
  static final String AFTER = "_after"; // ours, in the links to further pages, as the next one
  static final String AS_OF = "_asOf";
  private static final int USUAL_COUNT = 100;
  private static final int MOST_COUNT = 1000;
  private static final int MOST_DATES = 2; // a beginning and an end
  private static final String TYPE = "Patient/";

  /** A search that can be made, or why it cannot. */
  sealed interface Parsed {
    record Accepted(AuditEventRequest request) implements Parsed {}

    record Refused(Problem problem) implements Parsed {}
  }

  static Parsed parse(Map<String, List<String>> parameters, Instant now) {
    for (String name : parameters.keySet()) {
      if (!List.of(PATIENT, DATE, COUNT, AFTER, AS_OF, "urgency").contains(name)) {
        return refused("the parameters are patient, date and _count");
      }
    }
    List<String> dates = parameters.getOrDefault(DATE, List.of());
    @Nullable Period period = period(dates).orElse(null);
    if (period == null) {
      return refused(
          "date is given at most twice, as FHIR has it: ge2026-01-31, lt2026-02-01; the prefixes"
              + " are eq, ge, gt, le and lt");
    }
    List<String> patients = parameters.getOrDefault(PATIENT, List.of());
    @Nullable PatientId patient = patient(patients);
    if (!patients.isEmpty() && patient == null) {
      return refused("patient is one patient, as Patient/ID or ID");
    }
    long count = number(parameters.get(COUNT), USUAL_COUNT);
    long after = number(parameters.get(AFTER), 0);
    if (count < 1 || after < 0) {
      return refused("_count is a number from 1 to " + MOST_COUNT);
    }
    @Nullable Instant asOf = asOf(parameters.get(AS_OF), now);
    if (asOf == null) {
      return refused("the links to further pages are used as they are");
    }
    Period older = period.and(new Period(Instant.MIN, asOf));
    var query = new Query(patient, older, after, (int) Math.min(count, MOST_COUNT));
    return new Parsed.Accepted(new AuditEventRequest(query, dates, asOf));
  }

  private static Optional<Period> period(List<String> dates) {
    Optional<Period> period = Optional.of(Period.ALWAYS).filter(_ -> dates.size() <= MOST_DATES);
    for (String date : dates) {
      period = period.flatMap(all -> Period.search(date).map(all::and));
    }
    return period;
  }

  private static @Nullable PatientId patient(List<String> given) {
    String text = given.size() == 1 ? given.getFirst() : "";
    String id = text.startsWith(TYPE) ? text.substring(TYPE.length()) : text;
    return PatientId.isLegal(id) ? new PatientId(id) : null;
  }

  /** The number that was given, the usual one where none was, and -1 for anything else. */
  private static long number(@Nullable List<String> given, long usual) {
    if (given == null) {
      return usual;
    }
    try {
      return given.size() == 1 ? Long.parseLong(given.getFirst()) : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static @Nullable Instant asOf(@Nullable List<String> given, Instant now) {
    try {
      return given == null ? now : given.size() == 1 ? Instant.parse(given.getFirst()) : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static Parsed refused(String detail) {
    return new Parsed.Refused(Problem.of(Kind.BAD_PARAMETER, detail));
  }
}
