package io.wholechart.patient;

import org.jspecify.annotations.Nullable;

/**
 * The id by which one source is asked for the patient.
 *
 * <p>Its alphabet is wider than a {@link PatientId}'s, since other authorities write {@code _},
 * {@code :} or {@code /} into their numbers, and still has nothing that means something else to a
 * protocol: no wildcard or separator of DICOM matching ({@code * ? \}), no delimiter of HL7 v2
 * ({@code | ^ ~ &}), none of a FHIR search ({@code , $ |}) and no blank. Whoever puts it into a URL
 * still encodes it.
 *
 * @param system the assigning authority, where the configuration names one
 */
public record SourceId(@Nullable String system, String value) {
  private static final int LONGEST = 64;

  public SourceId {
    if (!isLegal(value)) {
      // The value itself stays out of the message: it is a patient's.
      throw new IllegalArgumentException(
          "a source's patient id is 1 to 64 letters, digits or any of . - _ : / @ + =");
    }
  }

  /** The id that was asked for, as it is. */
  public static SourceId same(PatientId id, @Nullable String system) {
    return new SourceId(system, id.value());
  }

  public static boolean isLegal(String value) {
    boolean isLegal = !value.isEmpty() && value.length() <= LONGEST;
    boolean isDots = true; // as a path segment they would ask for another resource
    for (int i = 0; i < value.length() && isLegal; i++) {
      char c = value.charAt(i);
      isLegal =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || ".-_:/@+=".indexOf(c) >= 0;
      isDots &= c == '.';
    }
    return isLegal && !(isDots && value.length() <= 2);
  }

  @Override
  public String toString() {
    return "SourceId[withheld]";
  }
}
