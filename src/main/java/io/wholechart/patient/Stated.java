package io.wholechart.patient;

import org.jspecify.annotations.Nullable;

/**
 * What a resource says in the one place where two that are about the same thing can differ: the
 * value of a result, the words for how to take a drug. As sent: nothing is converted.
 *
 * @param value a number with its digits, a code, or words
 * @param unit the unit's code where it has one, otherwise its name; null where there is no unit
 */
public record Stated(String value, @Nullable String unit) {

  /** As a person writes it: {@code 5.0 mmol/L}. */
  public String words() {
    return unit == null ? value : value + " " + unit;
  }

  /**
   * What two that say the same have in common. 5 and 5.0 are the same number, since sources add
   * zeros at will; no unit is another.
   */
  public Stated plain() {
    int point = value.indexOf('.');
    if (point < 0) {
      return this;
    }
    for (int i = point + 1; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return this;
      }
    }
    int end = value.length();
    while (value.charAt(end - 1) == '0') {
      end--;
    }
    if (end - 1 == point) {
      end = point;
    }
    return end == value.length() ? this : new Stated(value.substring(0, end), unit);
  }

  @Override
  public String toString() {
    return "Stated[withheld]";
  }
}
