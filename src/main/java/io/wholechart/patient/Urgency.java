package io.wholechart.patient;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How soon the answer is needed: it chooses the deadline and the lane, never what may be seen.
 *
 * <p>The codes are those of HL7's ActPriority (R routine, UR urgent, EM emergency).
 */
public enum Urgency {
  NORMAL("normal", "R"),
  URGENT("urgent", "UR"),
  EMERGENCY("emergency", "EM");

  private final String key;
  private final String actPriority;

  Urgency(String key, String actPriority) {
    this.key = key;
    this.actPriority = actPriority;
  }

  /** The name in requests, configuration, metrics and the audit log. */
  public String key() {
    return key;
  }

  /** The code in HL7's ActPriority. */
  public String actPriority() {
    return actPriority;
  }

  public static Optional<Urgency> named(String key) {
    return Arrays.stream(values()).filter(u -> u.key.equals(key)).findFirst();
  }

  public static List<String> keys() {
    return Arrays.stream(values()).map(Urgency::key).toList();
  }
}
