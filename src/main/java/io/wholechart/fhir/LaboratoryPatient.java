package io.wholechart.fhir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a laboratory says that its results are of; becomes a Patient.
 *
 * @param birthDate a FHIR date
 * @param gender a code of FHIR's AdministrativeGender
 */
public record LaboratoryPatient(
    String id,
    List<NamedIdentifier> identifiers,
    @Nullable String family,
    List<String> given,
    @Nullable String birthDate,
    @Nullable String gender) {
  public LaboratoryPatient {
    identifiers = List.copyOf(identifiers);
    given = List.copyOf(given);
  }

  @Override
  public String toString() {
    return "LaboratoryPatient[withheld]";
  }
}
