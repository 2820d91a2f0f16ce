package io.wholechart.patient;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A FHIR {@code dateTime} or {@code instant}: a time with the precision that it was stated in.
 *
 * <p>A day is not midnight. Two times are the same only when they are equally precise: a drug
 * "prescribed on 3 May" and one prescribed on 3 May at 00:00 may be two prescriptions.
 *
 * @param epochMillis the earliest instant that it can mean, in UTC; what entries are ordered by
 * @param precision how much of it was stated
 */
public record ClinicalTime(long epochMillis, Precision precision)
    implements Comparable<ClinicalTime> {

  /** FHIR's precisions; seconds and their fractions are one, since sources add zeros at will. */
  public enum Precision {
    YEAR,
    MONTH,
    DAY,
    INSTANT
  }

  /** Reads FHIR's format (R4, section 2.24.0.1); anything else is no time, and says nothing. */
  public static Optional<ClinicalTime> parse(String text) {
    try {
      return Optional.of(
          switch (text.length()) {
            case 4 -> at(YearMonth.parse(text + "-01").atDay(1), Precision.YEAR);
            case 7 -> at(YearMonth.parse(text).atDay(1), Precision.MONTH);
            case 10 -> at(InstantText.day(text), Precision.DAY);
            default -> new ClinicalTime(InstantText.epochMillis(text), Precision.INSTANT);
          });
    } catch (DateTimeException | ArithmeticException e) { // the latter for the year +999999999
      return Optional.empty();
    }
  }

  private static ClinicalTime at(LocalDate day, Precision precision) {
    return new ClinicalTime(day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli(), precision);
  }

  @Override
  public int compareTo(ClinicalTime other) {
    int byTime = Long.compare(epochMillis, other.epochMillis);
    return byTime != 0 ? byTime : precision.compareTo(other.precision);
  }
}
