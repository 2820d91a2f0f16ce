package io.wholechart.fhir;

import io.wholechart.fhir.LaboratoryReport.Effective;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One result; becomes an Observation.
 *
 * @param subId tells the parts of a result with several values apart; becomes an identifier
 * @param interpretations codes of HL7's ObservationInterpretation where they are known there
 * @param status a code of FHIR's ObservationStatus
 */
public record LaboratoryResult(
    String id,
    @Nullable LaboratoryPatient subject,
    @Nullable String subId,
    CodedText code,
    Value value,
    List<CodedText> interpretations,
    @Nullable ReferenceRange range,
    String status,
    Effective effective,
    @Nullable String issued,
    @Nullable String performer,
    @Nullable CodedText method,
    List<String> notes) {
  public LaboratoryResult {
    interpretations = List.copyOf(interpretations);
    notes = List.copyOf(notes);
  }

  /** What was found. */
  public sealed interface Value {
    /** A number, digit for digit as it was sent. */
    record Quantity(String number, @Nullable String comparator, @Nullable Unit unit)
        implements Value {}

    /** From one number to another. */
    record Range(String low, String high, @Nullable Unit unit) implements Value {}

    /** One number to another, such as a titre. */
    record Ratio(String numerator, String denominator) implements Value {}

    record Text(String text) implements Value {}

    record Coded(CodedText concept) implements Value {}

    record DateTime(String dateTime) implements Value {}

    record Time(String time) implements Value {}

    /** None, and FHIR's code for why. */
    record Absent(String reason) implements Value {}
  }

  /**
   * A unit as it was sent; it has a code only where it is valid UCUM.
   *
   * @param ucum the code in UCUM, or null
   */
  public record Unit(String text, @Nullable String ucum) {}

  /** The normal range, in words as it was sent and in numbers where it is plain. */
  public record ReferenceRange(
      String text, @Nullable String low, @Nullable String high, @Nullable Unit unit) {}

  @Override
  public String toString() {
    return "LaboratoryResult[" + status + "]";
  }
}
