package io.wholechart.patient;

import org.jspecify.annotations.Nullable;

/**
 * A number that somebody gave the patient, with the system that it is unique in.
 *
 * @param system the URI of the assigning authority; without one, nobody can say whose number it is
 */
public record Identifier(@Nullable String system, String value) {
  public Identifier {
    system = system == null || system.isEmpty() ? null : system;
  }

  @Override
  public String toString() {
    return "Identifier[withheld]";
  }
}
