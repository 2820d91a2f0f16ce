package io.wholechart.fhir;

/** What a CapabilityStatement says of one thing that a server does. */
public sealed interface Capability {
  /** The type of resource that it is about. */
  String resourceType();

  /** {@code read}, {@code search-type}: a code of R4's restful interactions. */
  record Interaction(String resourceType, String code) implements Capability {}

  /**
   * An operation on an instance.
   *
   * @param name without the dollar sign
   * @param definition the canonical URL of its OperationDefinition
   */
  record Operation(String resourceType, String name, String definition) implements Capability {}

  /**
   * A parameter to search by.
   *
   * @param kind R4's type of a search parameter: {@code token}
   */
  record SearchParameter(String resourceType, String name, String kind) implements Capability {}
}
