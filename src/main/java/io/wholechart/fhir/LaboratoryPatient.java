package io.wholechart.fhir;

import io.wholechart.patient.Demographics;
import io.wholechart.patient.PersonName;
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

  /** What of it identity compares. */
  Demographics demographics() {
    boolean isNamed = family != null || !given.isEmpty();
    return new Demographics(
        identifiers.stream().map(NamedIdentifier::plain).toList(),
        isNamed
            ? List.of(
                new PersonName(family, given.isEmpty() ? null : String.join(" ", given), false))
            : List.of(),
        birthDate,
        gender);
  }

  @Override
  public String toString() {
    return "LaboratoryPatient[withheld]";
  }
}
