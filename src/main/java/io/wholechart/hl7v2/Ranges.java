package io.wholechart.hl7v2;

import io.wholechart.fhir.LaboratoryResult.ReferenceRange;
import org.jspecify.annotations.Nullable;

/** Reads what is normal for a result (OBX-7). */
final class Ranges {
  private Ranges() {}

  /**
   * The range in words, and in numbers where it is plain: from one to another. {@code <5} is a
   * range whose end is not part of it, which FHIR's high cannot say.
   */
  static @Nullable ReferenceRange of(Er7Segment obx) {
    @Nullable String text = obx.literal(7);
    if (text == null) {
      return null;
    }
    var unit = Units.of(obx);
    int dash = text.indexOf('-');
    if (dash > 0) {
      String low = text.substring(0, dash).strip();
      String high = text.substring(dash + 1).strip();
      if (isDecimal(low) && isDecimal(high)) {
        return new ReferenceRange(text, low, high, unit);
      }
    }
    return new ReferenceRange(text, null, null, unit);
  }

  /** Digits, and at most one point among them. */
  private static boolean isDecimal(String text) {
    int point = text.indexOf('.');
    return point < 0
        ? isDigits(text, 0, text.length())
        : isDigits(text, 0, point) && isDigits(text, point + 1, text.length());
  }

  private static boolean isDigits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return from < to;
  }
}
