package io.wholechart.patient;

/**
 * The id by which a caller asks for a patient.
 *
 * <p>The alphabet is FHIR's for logical ids (R4, section 2.24.0.1, {@code id}). It is also what
 * keeps an id from meaning anything else further down: no wildcard ({@code *}, {@code ?}) or
 * separator ({@code \}) of DICOM matching, no delimiter of HL7 v2, nothing that a URL would have to
 * escape.
 */
public record PatientId(String value) {
  private static final int LONGEST = 64;

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
    if (value.isEmpty() || value.length() > LONGEST || value.equals(".") || value.equals("..")) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      if (!isLegal(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Without a pattern: an id is looked at a dozen times a request. */
  private static boolean isLegal(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '-';
  }

  @Override
  public String toString() {
    return "PatientId[withheld]"; // so that no log line or exception text can carry it by accident
  }
}
