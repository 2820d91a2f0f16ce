package io.wholechart.hl7v2;

import io.wholechart.patient.ClinicalTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HL7 v2 times ({@code YYYY[MM[DD[HH[MM[SS[.S]]]]]][+/-ZZZZ]}) as FHIR writes them. */
final class Hl7Times {
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(\\.\\d{1,9})?)?)?)?)?)?"
              + "([+-]\\d{4})?");
  private static final Pattern TIME_OF_DAY =
      Pattern.compile("(\\d{2})(\\d{2})(?:(\\d{2})(\\.\\d{1,9})?)?");

  /** FHIR's zones; what lies further away is a mistake, and as good as none. */
  private static final Pattern ZONE = Pattern.compile("[+-]((0\\d|1[0-3])[0-5]\\d|1400)");

  /** The message's own zone, for times that bring none; empty where it has none either. */
  private final String zone;

  // All the results of an order have one time, and each says it several times over.
  private String lastText = "";
  private Optional<Time> lastTime = Optional.empty();

  Hl7Times(Optional<String> messageTime) {
    zone =
        messageTime
            .map(TIME::matcher)
            .filter(Matcher::matches)
            .map(m -> zone(m.group(8)))
            .orElse("");
  }

  /**
   * A time as it is in FHIR.
   *
   * @param text a dateTime, cut to the day where no zone is known
   * @param isCut whether a time of day was cut off
   */
  record Time(String text, boolean isCut) {}

  Optional<Time> read(String text) {
    if (!text.equals(lastText)) {
      lastTime = readAnew(text);
      lastText = text;
    }
    return lastTime;
  }

  private Optional<Time> readAnew(String text) {
    Matcher m = TIME.matcher(text.strip());
    if (!m.matches()) {
      return Optional.empty();
    }
    try {
      String date = date(m);
      if (m.group(4) == null || date.length() < 10) {
        return Optional.of(new Time(date, false));
      }
      String at = m.group(8) == null ? zone : zone(m.group(8));
      if (at.isEmpty()) {
        return Optional.of(new Time(date, true));
      }
      String fraction = m.group(7) == null ? "" : m.group(7);
      String full =
          date + "T" + m.group(4) + ":" + or00(m.group(5)) + ":" + or00(m.group(6)) + fraction + at;
      return ClinicalTime.parse(full).map(_ -> new Time(full, false));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Only the date of a time. */
  static Optional<String> date(String text) {
    Matcher m = TIME.matcher(text.strip());
    try {
      return m.matches() ? Optional.of(date(m)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A time of day ({@code HHMM[SS[.S]]}); with a zone it is none, since FHIR's has no zone. */
  static Optional<String> timeOfDay(String text) {
    Matcher m = TIME_OF_DAY.matcher(text.strip());
    if (!m.matches()) {
      return Optional.empty();
    }
    String time = m.group(1) + ":" + m.group(2) + ":" + or00(m.group(3));
    return time.matches("([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d")
        ? Optional.of(m.group(4) == null ? time : time + m.group(4))
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

  private static String date(Matcher m) {
    if (m.group(1).equals("0000")) {
      throw new DateTimeException("there is no year 0"); // what 00000000 would become
    }
    if (m.group(2) == null) {
      return m.group(1);
    }
    if (m.group(3) == null) {
      return day(m, 1).toString().substring(0, 7);
    }
    return day(m, Integer.parseInt(m.group(3))).toString();
  }

  private static LocalDate day(Matcher m, int ofMonth) {
    return LocalDate.of(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), ofMonth);
  }

  private static String zone(@org.jspecify.annotations.Nullable String sent) {
    return sent == null || !ZONE.matcher(sent).matches()
        ? ""
        : sent.substring(0, 3) + ":" + sent.substring(3);
  }

  private static String or00(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? "00" : digits;
  }
}
