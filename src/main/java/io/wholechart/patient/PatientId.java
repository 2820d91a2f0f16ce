package io.wholechart.patient;

import java.util.regex.Pattern;

/**
 * The id by which a caller asks for a patient.
 *
 * <p>The alphabet is FHIR's for logical ids (R4, section 2.24.0.1, {@code id}). It is also what
 * keeps an id from meaning anything else further down: no wildcard ({@code *}, {@code ?}) or
 * separator ({@code \}) of DICOM matching, no delimiter of HL7 v2, nothing that a URL would have to
 * escape.
 */
public record PatientId(String value) {
  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9.\\-]{1,64}");

  public PatientId {
    if (!isLegal(value)) {
      // The value itself stays out of the message: whatever was typed there may be a name.
      throw new IllegalArgumentException("a patient id is 1 to 64 letters, digits, '.' or '-'");
    }
  }

  /**
   * Whether the text can be an id. The names {@code .} and {@code ..} are legal in FHIR's alphabet
   * and refused here, because as a path segment they would ask an upstream for another resource.
   */
  public static boolean isLegal(String value) {
    return LEGAL.matcher(value).matches() && !value.equals(".") && !value.equals("..");
  }

  @Override
  public String toString() {
    return "PatientId[withheld]"; // so that no log line or exception text can carry it by accident
  }
}
