package io.wholechart.patient;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a payload says the patient is: what identity compares and what sources can disagree on.
 *
 * @param identifiers {@code Patient.identifier}, in the order they were sent
 * @param names {@code Patient.name}, in the order they were sent; former ones help to recognise
 *     somebody who has married
 */
public record Demographics(
    List<Identifier> identifiers,
    List<PersonName> names,
    @Nullable String birthDate,
    @Nullable String gender) {
  public Demographics {
    identifiers = List.copyOf(identifiers);
    names = List.copyOf(names);
  }

  /** The family name of the first name that is not a former one. */
  public @Nullable String family() {
    @Nullable PersonName name = current();
    return name == null ? null : name.family();
  }

  /** The given names of the first name that is not a former one. */
  public @Nullable String given() {
    @Nullable PersonName name = current();
    return name == null ? null : name.given();
  }

  private @Nullable PersonName current() {
    for (PersonName name : names) {
      if (!name.isFormer()) {
        return name;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return "Demographics[withheld]";
  }
}
