package io.wholechart.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** One figure, measured once a round. */
final class Rounds {
  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double min() {
    return Collections.min(values);
  }

  double max() {
    return Collections.max(values);
  }

  /** The median, and between which bounds the rounds lay. */
  String text(int decimals) {
    return values.size() == 1
        ? number(median(), decimals)
        : "%s (%s-%s)"
            .formatted(
                number(median(), decimals), number(min(), decimals), number(max(), decimals));
  }

  static String number(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return "none"; // over no completed request
    }
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
