package io.wholechart.disclosure;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Times from one on, until, and without, another; days are UTC's, as the log's times are.
 *
 * @param until {@link Instant#MAX} for no end
 */
public record Period(Instant from, Instant until) {
  public static final Period ALWAYS = new Period(Instant.MIN, Instant.MAX);

  public Period {
    if (until.isBefore(from)) {
      throw new IllegalArgumentException("a period ends after it began");
    }
  }

  public boolean contains(Instant at) {
    return !at.isBefore(from) && at.isBefore(until);
  }

  /** What lies in both; empty where they do not meet. */
  public Period and(Period other) {
    Instant later = from.isAfter(other.from) ? from : other.from;
    Instant sooner = until.isBefore(other.until) ? until : other.until;
    return new Period(later, sooner.isBefore(later) ? later : sooner);
  }

  /** For people. */
  String words() {
    if (equals(ALWAYS)) {
      return "all that is in the log";
    }
    String since = from.equals(Instant.MIN) ? "" : "from " + from;
    String before = until.equals(Instant.MAX) ? "" : "before " + until;
    return since + (since.isEmpty() || before.isEmpty() ? "" : ", ") + before;
  }

  /**
   * All of a year, a month, a day, a minute, a second, or a moment, as FHIR writes it; nothing
   * where it is none of these.
   */
  public static Optional<Period> of(String text) {
    try {
      return Optional.of(
          switch (text.length()) {
            case 4 -> days(Year.parse(text).atDay(1), Year.parse(text).plusYears(1).atDay(1));
            case 7 ->
                days(YearMonth.parse(text).atDay(1), YearMonth.parse(text).plusMonths(1).atDay(1));
            case 10 -> days(LocalDate.parse(text), LocalDate.parse(text).plusDays(1));
            default -> moment(text);
          });
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * What a FHIR search by date means: {@code eq}, {@code ge}, {@code gt}, {@code le} or {@code lt}
   * before a time, or none of them, which is {@code eq} (R4, section 3.1.1.4.5). Nothing where it
   * is none of these.
   */
  public static Optional<Period> search(String text) {
    boolean hasPrefix = text.length() > 2 && Character.isLetter(text.charAt(0));
    String prefix = hasPrefix ? text.substring(0, 2) : "eq";
    return of(hasPrefix ? text.substring(2) : text)
        .flatMap(said ->
            Optional.ofNullable(
                switch (prefix) {
                  case "eq" -> said;
                  case "ge" -> new Period(said.from, Instant.MAX);
                  case "gt" -> new Period(said.until, Instant.MAX);
                  case "le" -> new Period(Instant.MIN, said.until);
                  case "lt" -> new Period(Instant.MIN, said.from);
                  default -> null;
                }));
  }

  private static Period moment(String text) {
    var from = OffsetDateTime.parse(text).toInstant();
    boolean hasSeconds = text.chars().filter(c -> c == ':').count() > (text.endsWith("Z") ? 1 : 2);
    boolean hasFraction = text.indexOf('.') >= 0;
    return new Period(
        from,
        hasFraction ? from.plus(1, ChronoUnit.MILLIS) : from.plusSeconds(hasSeconds ? 1 : 60));
  }

  private static Period days(LocalDate from, LocalDate until) {
    return new Period(
        from.atStartOfDay(ZoneOffset.UTC).toInstant(),
        until.atStartOfDay(ZoneOffset.UTC).toInstant());
  }
}
