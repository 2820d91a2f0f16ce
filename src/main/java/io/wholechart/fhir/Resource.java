package io.wholechart.fhir;

import io.wholechart.patient.ResourceBytes;
import io.wholechart.patient.ResourceFacts;
import org.jspecify.annotations.Nullable;

/** A resource cut out of a payload: its bytes, and what we read of it in passing. */
public record Resource(ResourceBytes bytes, ResourceFacts facts) {

  public String type() {
    return facts.type();
  }

  Resource at(@Nullable String fullUrl) {
    return new Resource(bytes, facts.at(fullUrl));
  }
}
