package io.wholechart.fhir;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a resource tells a person who reads it in a table, in its source's own words.
 *
 * @param what what it is about; empty where no words or code say so
 * @param details the value, the dose, the reaction, by type; one sentence fragment each
 * @param medication what {@code medicationReference} refers to, where the words stand there
 */
public record ResourceText(
    Optional<String> what, List<String> details, Optional<String> medication) {
  public ResourceText {
    details = List.copyOf(details);
  }

  static ResourceText of(@Nullable String what, List<String> details, @Nullable String medication) {
    return new ResourceText(Optional.ofNullable(what), details, Optional.ofNullable(medication));
  }

  @Override
  public String toString() {
    return "ResourceText[withheld]";
  }
}
