package io.wholechart.admission;

import io.wholechart.patient.Urgency;
import java.util.Locale;

/** The classes of admission, the least urgent first. */
public enum Lane {
  /** One patient of a batch, whatever its urgency: a ward round must not starve single requests. */
  BATCH(0),
  NORMAL(1),
  URGENT(2),
  EMERGENCY(3);

  private final int rank;

  Lane(int rank) {
    this.rank = rank;
  }

  /** Its place in an array of all lanes. */
  int rank() {
    return rank;
  }

  public static Lane of(Urgency urgency) {
    return switch (urgency) {
      case NORMAL -> NORMAL;
      case URGENT -> URGENT;
      case EMERGENCY -> EMERGENCY;
    };
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
