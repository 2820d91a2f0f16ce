package io.wholechart.fhir;

import io.wholechart.patient.Stated;
import org.jspecify.annotations.Nullable;

/** The fields of a value, and what they state together: the same for what is read and written. */
final class ValueText {
  @Nullable String number;
  @Nullable String comparator;
  @Nullable String unit;
  @Nullable String unitCode;
  @Nullable String text;
  @Nullable Stated first;
  @Nullable Stated second;
  String joint = " - ";
  private @Nullable String code;

  /** The first code stands for the concept. */
  void code(@Nullable String another) {
    code = code == null ? another : code;
  }

  @Nullable Stated stated() {
    if (number != null) {
      return quantity(comparator, number, unitCode != null ? unitCode : unit);
    }
    if (first != null || second != null) {
      return pair(first, joint, second);
    }
    return plain(code != null ? code : text);
  }

  static @Nullable Stated plain(@Nullable String text) {
    return text == null || text.isBlank() ? null : new Stated(text, null);
  }

  static Stated quantity(@Nullable String comparator, String number, @Nullable String unit) {
    return new Stated(comparator == null ? number : comparator + number, unit);
  }

  static Stated pair(@Nullable Stated first, String joint, @Nullable Stated second) {
    String words =
        (first == null ? "" : first.words()) + joint + (second == null ? "" : second.words());
    return new Stated(words, null);
  }
}
