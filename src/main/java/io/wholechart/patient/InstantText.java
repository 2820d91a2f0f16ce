package io.wholechart.patient;

import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * A time with its zone, as FHIR writes it: {@code 2026-01-31T08:15:00.000+01:00}.
 *
 * <p>The usual form is read by hand, since java.time's parser took half of the time of reading a
 * chart; what is written otherwise, or wrongly, is left to that parser to judge.
 */
final class InstantText {
  private static final String DAY = "0000-00-00";
  private static final String DAY_AND_TIME = "0000-00-00T00:00:00";

  private InstantText() {}

  static long epochMillis(String text) {
    int zone = endOfFraction(text);
    boolean isUsual = zone > 0 && isDayAndTime(text) && (isUtc(text, zone) || isOffset(text, zone));
    if (!isUsual) {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    }
    long seconds =
        date(text).toEpochDay() * 86_400L
            + number(text, 11, 13) * 3_600L
            + number(text, 14, 16) * 60L
            + number(text, 17, 19);
    return (seconds - offsetSeconds(text, zone)) * 1000 + millis(text, zone);
  }

  static LocalDate day(String text) {
    return text.length() == DAY.length() && isOfForm(DAY, text)
        ? date(text)
        : LocalDate.parse(text);
  }

  private static LocalDate date(String text) {
    return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
  }

  private static boolean isOfForm(String form, String text) {
    for (int i = 0; i < form.length(); i++) {
      char c = form.charAt(i);
      if (c == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != c) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDayAndTime(String text) {
    return isOfForm(DAY_AND_TIME, text)
        && number(text, 11, 13) < 24
        && number(text, 14, 16) < 60
        && number(text, 17, 19) < 60;
  }

  /** Where the zone begins, or 0 where no usual time ends there. */
  private static int endOfFraction(String text) {
    int at = DAY_AND_TIME.length();
    if (text.length() <= at) {
      return 0;
    }
    if (text.charAt(at) == '.') {
      do {
        at++;
      } while (at < text.length() && isDigit(text.charAt(at)));
      if (at == 20 || at > 29) { // no digit, or more than nanoseconds have
        return 0;
      }
    }
    return at;
  }

  private static boolean isUtc(String text, int zone) {
    return text.length() == zone + 1 && text.charAt(zone) == 'Z';
  }

  private static boolean isOffset(String text, int zone) {
    return text.length() == zone + 6
        && (text.charAt(zone) == '+' || text.charAt(zone) == '-')
        && isDigit(text.charAt(zone + 1))
        && isDigit(text.charAt(zone + 2))
        && text.charAt(zone + 3) == ':'
        && isDigit(text.charAt(zone + 4))
        && isDigit(text.charAt(zone + 5))
        && number(text, zone + 1, zone + 3) < 18 // as far as java.time goes without a closer look
        && number(text, zone + 4, zone + 6) < 60;
  }

  private static int offsetSeconds(String text, int zone) {
    if (text.charAt(zone) == 'Z') {
      return 0;
    }
    int seconds = number(text, zone + 1, zone + 3) * 3_600 + number(text, zone + 4, zone + 6) * 60;
    return text.charAt(zone) == '-' ? -seconds : seconds;
  }

  private static int millis(String text, int zone) {
    int millis = 0;
    for (int i = 20; i < 23; i++) {
      millis = millis * 10 + (i < zone ? text.charAt(i) - '0' : 0);
    }
    return millis;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
