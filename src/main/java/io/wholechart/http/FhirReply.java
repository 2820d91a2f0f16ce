package io.wholechart.http;

/** What a request on a FHIR route gets. */
sealed interface FhirReply {
  /**
   * A resource about a patient, as JSON.
   *
   * @param completeness what {@code X-Completeness} says
   */
  record Resource(Body json, String completeness) implements FhirReply {}

  /** A resource about the service itself, as JSON. */
  record Conformance(Body json) implements FhirReply {}

  record Failed(Problem problem) implements FhirReply {}
}
