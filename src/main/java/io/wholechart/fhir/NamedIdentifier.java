package io.wholechart.fhir;

import io.wholechart.patient.Identifier;
import org.jspecify.annotations.Nullable;

/**
 * What is to become an Identifier.
 *
 * @param system a URI, where the sender's authority is one
 * @param type a code of HL7 table 0203: MR, PI, PLAC, FILL, ACSN
 * @param assigner the sender's authority in words
 */
public record NamedIdentifier(
    String value, @Nullable String system, @Nullable String type, @Nullable String assigner) {
  /** What of it identity compares. */
  Identifier plain() {
    return new Identifier(system, value);
  }

  @Override
  public String toString() {
    return "NamedIdentifier[withheld]";
  }
}
