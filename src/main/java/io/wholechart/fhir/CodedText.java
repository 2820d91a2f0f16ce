package io.wholechart.fhir;

import io.wholechart.patient.Coding;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is to become a CodeableConcept: every code that was sent, and the words. */
public record CodedText(List<Named> codes, @Nullable String text) {
  /** A code with the name that its sender gives it. */
  public record Named(Coding coding, @Nullable String display) {}

  public CodedText {
    codes = List.copyOf(codes);
  }

  public boolean isEmpty() {
    return codes.isEmpty() && Objects.requireNonNullElse(text, "").isEmpty();
  }
}
