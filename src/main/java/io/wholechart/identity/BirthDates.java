package io.wholechart.identity;

import org.jspecify.annotations.Nullable;

/** Compares FHIR dates as birth dates are mistyped. */
final class BirthDates {
  private static final int WHOLE = "0000-00-00".length();

  private BirthDates() {}

  static Agreement compare(@Nullable String one, @Nullable String other) {
    if (one == null || other == null) {
      return Agreement.UNKNOWN;
    }
    if (one.equals(other)) {
      return one.length() == WHOLE ? Agreement.SAME : Agreement.UNKNOWN;
    }
    if (one.length() != WHOLE || other.length() != WHOLE) {
      return one.startsWith(other) || other.startsWith(one) || one.isBlank() || other.isBlank()
          ? Agreement.UNKNOWN // a year and a day of it
          : Agreement.DIFFERENT;
    }
    return isSlip(one, other) ? Agreement.CLOSE : Agreement.DIFFERENT;
  }

  private static boolean isSlip(String one, String other) {
    return isOneDigitOrTwoSwapped(one, other)
        || isDayAndMonthSwapped(one, other)
        || isFirstOfThatYear(one, other)
        || isFirstOfThatYear(other, one);
  }

  private static boolean isOneDigitOrTwoSwapped(String one, String other) {
    int first = -1;
    int last = -1;
    int differing = 0;
    for (int i = 0; i < WHOLE; i++) {
      if (one.charAt(i) != other.charAt(i)) {
        differing++;
        first = first < 0 ? i : first;
        last = i;
      }
    }
    return differing == 1
        || (differing == 2
            && one.charAt(first) == other.charAt(last)
            && one.charAt(last) == other.charAt(first));
  }

  private static boolean isDayAndMonthSwapped(String one, String other) {
    return one.regionMatches(0, other, 0, 5)
        && one.regionMatches(5, other, 8, 2)
        && one.regionMatches(8, other, 5, 2);
  }

  /** What is entered where only the year, or an age, is known. */
  private static boolean isFirstOfThatYear(String one, String other) {
    return one.endsWith("-01-01") && one.regionMatches(0, other, 0, 4);
  }
}
