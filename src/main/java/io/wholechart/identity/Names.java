package io.wholechart.identity;

import java.util.List;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.jspecify.annotations.Nullable;

/** Compares names as they are spelled, shortened and mistyped. */
final class Names {
  private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();

  // Studies of patient records find Jaro-Winkler most sensitive with thresholds of 0.8 to 0.95. For
  // given names it is just above what Maria and Marie come to: those may be twins, and Catherine
  // and Katherine are hardly. A family name weighs less, and may differ more.
  private static final double ALIKE_FAMILY = 0.90;
  private static final double ALIKE_GIVEN = 0.925;

  private Names() {}

  static Agreement family(@Nullable String one, @Nullable String other) {
    if (one == null || other == null) {
      return Agreement.UNKNOWN;
    }
    if (one.equals(other)) {
      return Agreement.SAME; // most are, and nothing has to be folded for it
    }
    FoldedName a = FoldedName.of(one);
    FoldedName b = FoldedName.of(other);
    if (areIncomparable(a, b)) {
      return Agreement.UNKNOWN;
    }
    if (a.isSameAs(b) || a.isPartOrWholeOf(b)) {
      return Agreement.SAME;
    }
    return isAlike(a, b, ALIKE_FAMILY) ? Agreement.CLOSE : Agreement.DIFFERENT;
  }

  static Agreement given(@Nullable String one, @Nullable String other) {
    if (one == null || other == null) {
      return Agreement.UNKNOWN;
    }
    if (one.equals(other)) {
      return Agreement.SAME;
    }
    FoldedName a = FoldedName.of(one);
    FoldedName b = FoldedName.of(other);
    if (areIncomparable(a, b)) {
      return Agreement.UNKNOWN;
    }
    if (a.isSameAs(b)) {
      return Agreement.SAME;
    }
    if (a.words().getFirst().equals(b.words().getFirst())) {
      return further(a.words(), b.words());
    }
    boolean isClose =
        isInitial(a.words().getFirst(), b.words().getFirst())
            || a.isPartOrWholeOf(b) // called by a middle name
            || isAlike(a, b, ALIKE_GIVEN);
    return isClose ? Agreement.CLOSE : Agreement.DIFFERENT;
  }

  /** Of two with one first name: José Luis is not José Antonio, and may be José or José L. */
  private static Agreement further(List<String> one, List<String> other) {
    if (one.size() == 1 || other.size() == 1) {
      return Agreement.SAME;
    }
    String a = one.get(1);
    String b = other.get(1);
    if (a.equals(b) || isInitial(a, b)) {
      return Agreement.SAME;
    }
    return SIMILARITY.apply(a, b) >= ALIKE_GIVEN ? Agreement.CLOSE : Agreement.DIFFERENT;
  }

  private static boolean isInitial(String one, String other) {
    return (one.length() == 1 || other.length() == 1) && one.charAt(0) == other.charAt(0);
  }

  private static boolean isAlike(FoldedName one, FoldedName other, double threshold) {
    return similarity(one.words(), other.words()) >= threshold
        || similarity(one.bare(), other.bare()) >= threshold
        || one.isMaybeSameAs(other);
  }

  private static double similarity(List<String> one, List<String> other) {
    return SIMILARITY.apply(String.join(" ", one), String.join(" ", other));
  }

  private static boolean areIncomparable(FoldedName one, FoldedName other) {
    return one.saysNothing() || other.saysNothing() || one.isOfAnotherScriptThan(other);
  }
}
