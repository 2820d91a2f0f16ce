package io.wholechart.hl7v2;

import io.wholechart.patient.ClinicalTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * HL7 v2 times ({@code YYYY[MM[DD[HH[MM[SS[.S]]]]]][+/-ZZZZ]}) as FHIR writes them.
 *
 * <p>They are read by position: a pattern for each of them took more time than all else that is
 * done for a result.
 */
final class Hl7Times {
  private static final int YEAR = 4;
  private static final int MONTH = 6;
  private static final int DAY = 8;
  private static final int HOUR = 10;
  private static final int MINUTE = 12;
  private static final int SECOND = 14;
  private static final int MOST_FRACTION = 9;
  private static final int MOST_KNOWN = 64;

  /** The message's own zone, for times that bring none; empty where it has none either. */
  private final String zone;

  /** A message says few times, and each many times over: the results of an order have one. */
  private final Map<String, Optional<Time>> known = new HashMap<>();

  Hl7Times(Optional<String> messageTime) {
    zone = messageTime.map(Shape::of).map(Shape::zone).orElse("");
  }

  /**
   * A time as it is in FHIR.
   *
   * @param text a dateTime, cut to the day where no zone is known
   * @param isCut whether a time of day was cut off
   */
  record Time(String text, boolean isCut) {}

  Optional<Time> read(String text) {
    if (known.size() == MOST_KNOWN) {
      known.clear();
    }
    return known.computeIfAbsent(text, this::readAnew);
  }

  private Optional<Time> readAnew(String text) {
    @Nullable Shape sent = Shape.of(text.strip());
    @Nullable String date = sent == null ? null : sent.date();
    if (sent == null || date == null) {
      return Optional.empty();
    }
    if (sent.digits() < HOUR) {
      return Optional.of(new Time(date, false));
    }
    String at = sent.hasZone() ? sent.zone() : zone;
    if (at.isEmpty()) {
      return Optional.of(new Time(date, true));
    }
    String full = date + "T" + sent.timeOfDay() + at;
    return ClinicalTime.parse(full).isPresent()
        ? Optional.of(new Time(full, false))
        : Optional.empty();
  }

  /** Only the date of a time. */
  static Optional<String> date(String text) {
    return Optional.ofNullable(Shape.of(text.strip())).map(Shape::date);
  }

  /** A time of day ({@code HHMM[SS[.S]]}); with a zone it is none, since FHIR's has no zone. */
  static Optional<String> timeOfDay(String text) {
    // With a day before it, it is a time like any other.
    @Nullable Shape sent = Shape.of("20000101" + text.strip());
    if (sent == null || sent.digits() < MINUTE || sent.hasZone()) {
      return Optional.empty();
    }
    String time = sent.timeOfDay();
    return ClinicalTime.parse("2000-01-01T" + time + "Z").isPresent()
        ? Optional.of(time)
        : Optional.empty();
  }

  /** A time that has a zone of its own. */
  static Optional<Instant> instant(String text) {
    return new Hl7Times(Optional.of(text))
        .read(text)
        .filter(t -> t.text().length() > 10)
        .flatMap(t -> ClinicalTime.parse(t.text()))
        .map(t -> Instant.ofEpochMilli(t.epochMillis()));
  }

  /**
   * What a text consists of.
   *
   * @param digits how many stand at its beginning: as many as one of the precisions has
   * @param zoneAt where its zone begins, or its end where it has none
   */
  private record Shape(String text, int digits, int zoneAt) {

    /** Null where the text is no time by its form; its numbers may still be none. */
    static @Nullable Shape of(String text) {
      int digits = digitsFrom(0, text);
      if (digits < YEAR || digits > SECOND || digits % 2 != 0) {
        return null;
      }
      int zoneAt = digits;
      if (digits == SECOND && text.startsWith(".", digits)) {
        int fraction = digitsFrom(digits + 1, text);
        zoneAt += 1 + fraction;
        if (fraction == 0 || fraction > MOST_FRACTION) {
          return null;
        }
      }
      boolean hasZone =
          text.length() == zoneAt + 5
              && (text.charAt(zoneAt) == '+' || text.charAt(zoneAt) == '-')
              && digitsFrom(zoneAt + 1, text) == 4;
      return hasZone || text.length() == zoneAt ? new Shape(text, digits, zoneAt) : null;
    }

    private static int digitsFrom(int from, String text) {
      int at = from;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      return at - from;
    }

    /** As far as it is stated; null where there is no such day. */
    @Nullable String date() {
      if (text.startsWith("0000")) {
        return null; // there is no year 0, which 00000000 would become
      }
      if (digits == YEAR) {
        return text.substring(0, YEAR);
      }
      try {
        LocalDate.of(number(0, YEAR), number(YEAR, MONTH), digits < DAY ? 1 : number(MONTH, DAY));
      } catch (DateTimeException e) {
        return null;
      }
      String month = text.substring(0, YEAR) + "-" + text.substring(YEAR, MONTH);
      return digits < DAY ? month : month + "-" + text.substring(MONTH, DAY);
    }

    /** Hour, minute and second, with nought for what is not stated. */
    String timeOfDay() {
      String minute = digits < MINUTE ? "00" : text.substring(HOUR, MINUTE);
      String second = digits < SECOND ? "00" : text.substring(MINUTE, zoneAt);
      return text.substring(DAY, HOUR) + ":" + minute + ":" + second;
    }

    boolean hasZone() {
      return zoneAt < text.length();
    }

    /** As FHIR writes it; empty where there is none, or one that is as good as none. */
    String zone() {
      if (!hasZone()) {
        return "";
      }
      int hours = number(zoneAt + 1, zoneAt + 3);
      int minutes = number(zoneAt + 3, zoneAt + 5);
      // FHIR's zones; what lies further away is a mistake.
      boolean isZone = minutes < 60 && (hours < 14 || (hours == 14 && minutes == 0));
      return isZone ? text.substring(zoneAt, zoneAt + 3) + ":" + text.substring(zoneAt + 3) : "";
    }

    private int number(int from, int to) {
      return Integer.parseInt(text, from, to, 10);
    }
  }
}
