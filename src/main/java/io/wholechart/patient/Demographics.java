package io.wholechart.patient;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a Patient resource says the patient is: what identity compares and what sources can disagree
 * on.
 *
 * @param identifiers the values of {@code Patient.identifier}, in the order they were sent
 * @param family the family name of the first name that is not {@code old}, as sent
 * @param given its given names, joined by a space, as sent
 */
public record Demographics(
    List<String> identifiers,
    @Nullable String family,
    @Nullable String given,
    @Nullable String birthDate,
    @Nullable String gender) {
  public Demographics {
    identifiers = List.copyOf(identifiers);
  }

  @Override
  public String toString() {
    return "Demographics[withheld]";
  }
}
