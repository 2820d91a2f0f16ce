package io.wholechart.access;

import io.wholechart.patient.PatientId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who asks may do. It is decided once, before the request is looked at, and travels
 * with it.
 *
 * @param onlyPatient whose chart alone may be read; null where anybody's
 * @param purposeOfUse of HL7's vocabulary, by the token or the configuration, never by the request
 */
public record Permit(
    Caller caller,
    Scopes scopes,
    @Nullable PatientId onlyPatient,
    Set<Entitlement> entitlements,
    String purposeOfUse) {
  public static final String TREATMENT = "TREAT";

  /** Of whoever has not said who they are, on the paths that are open to them. */
  public static final Permit NONE =
      new Permit(Caller.ANONYMOUS, Scopes.NONE, null, Set.of(), TREATMENT);

  public Permit {
    entitlements = Set.copyOf(entitlements);
    if (!isPurpose(purposeOfUse)) {
      throw new IllegalArgumentException("purposeOfUse is 1 to 32 letters, digits or '-'");
    }
  }

  public boolean has(Entitlement entitlement) {
    return entitlements.contains(entitlement);
  }

  /** Whether there is one patient at most whose chart may be read. */
  public boolean isOfOnePatient() {
    return onlyPatient != null || scopes.isOfOnePatient();
  }

  /** Whether a patient is among those whose chart may be read. */
  public boolean isFor(PatientId patient) {
    return !isOfOnePatient() || patient.equals(onlyPatient);
  }

  /** Whether a text can be a code of HL7's vocabulary. */
  public static boolean isPurpose(String text) {
    boolean isCode = !text.isEmpty() && text.length() <= 32;
    for (int i = 0; i < text.length() && isCode; i++) {
      char c = text.charAt(i);
      isCode =
          (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }
    return isCode;
  }

  @Override
  public String toString() {
    return "Permit[" + purposeOfUse + "]"; // the rest says who, and perhaps whose patient
  }
}
