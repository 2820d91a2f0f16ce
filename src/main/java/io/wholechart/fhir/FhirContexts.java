package io.wholechart.fhir;

public final class FhirContexts {
  private FhirContexts() {}

  public static void warm() {}
}
