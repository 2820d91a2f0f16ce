package io.wholechart.fhir;

import io.wholechart.fhir.LaboratoryReport.Effective;
import java.math.BigDecimal;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Writes FHIR R4's data types (section 2.24), each with its elements in R4's order. A name is the
 * element's; without one the value stands in a list.
 */
final class DataTypes {
  private static final String TABLE_0203 = "http://terminology.hl7.org/CodeSystem/v2-0203";
  private static final String UCUM = "http://unitsofmeasure.org";

  private DataTypes() {}

  static void coding(JsonBuffer json, @Nullable String system, String code) {
    json.open(null).text("system", system).text("code", code).close();
  }

  /** A concept of one code. */
  static void coded(JsonBuffer json, @Nullable String name, String system, String code) {
    json.open(name).openList("coding");
    coding(json, system, code);
    json.closeList().close();
  }

  static void concept(JsonBuffer json, @Nullable String name, CodedText concept) {
    json.open(name);
    if (!concept.codes().isEmpty()) {
      json.openList("coding");
      for (CodedText.Named named : concept.codes()) {
        json.open(null)
            .text("system", named.coding().system())
            .text("code", named.coding().code())
            .text("display", named.display())
            .close();
      }
      json.closeList();
    }
    json.text("text", concept.text()).close();
  }

  static void identifier(JsonBuffer json, @Nullable String name, NamedIdentifier identifier) {
    json.open(name);
    if (identifier.type() != null) {
      coded(json, "type", TABLE_0203, identifier.type());
    }
    json.text("system", identifier.system()).text("value", identifier.value());
    if (identifier.assigner() != null) {
      display(json, "assigner", identifier.assigner());
    }
    json.close();
  }

  /** Why an element has no value; its name, where it is a primitive, begins with {@code _}. */
  static void absent(JsonBuffer json, @Nullable String name, String reason) {
    json.open(name).openList("extension");
    json.open(null)
        .text("url", "http://hl7.org/fhir/StructureDefinition/data-absent-reason")
        .text("valueCode", reason)
        .close();
    json.closeList().close();
  }

  /** A reference that is only words. */
  static void display(JsonBuffer json, @Nullable String name, String words) {
    json.open(name).text("display", words).close();
  }

  static void reference(JsonBuffer json, @Nullable String name, String to) {
    json.open(name).text("reference", to).close();
  }

  /** A moment, a period where it has an end, or nothing. */
  static void effective(JsonBuffer json, Effective effective) {
    if (effective.start() != null && effective.end() != null) {
      json.open("effectivePeriod")
          .text("start", effective.start())
          .text("end", effective.end())
          .close();
    } else {
      json.text("effectiveDateTime", effective.start());
    }
  }

  static void value(JsonBuffer json, LaboratoryResult.Value value) {
    switch (value) {
      case LaboratoryResult.Value.Quantity(var number, var comparator, var unit) ->
          quantity(json, "valueQuantity", number, comparator, unit);
      case LaboratoryResult.Value.Range(var low, var high, var unit) -> {
        json.open("valueRange");
        quantity(json, "low", low, null, unit);
        quantity(json, "high", high, null, unit);
        json.close();
      }
      case LaboratoryResult.Value.Ratio(var numerator, var denominator) -> {
        json.open("valueRatio");
        quantity(json, "numerator", numerator, null, null);
        quantity(json, "denominator", denominator, null, null);
        json.close();
      }
      case LaboratoryResult.Value.Text(var text) -> json.text("valueString", text);
      case LaboratoryResult.Value.Coded(var concept) ->
          concept(json, "valueCodeableConcept", concept);
      case LaboratoryResult.Value.DateTime(var dateTime) -> json.text("valueDateTime", dateTime);
      case LaboratoryResult.Value.Time(var time) -> json.text("valueTime", time);
      case LaboratoryResult.Value.Absent(var reason) ->
          coded(
              json,
              "dataAbsentReason",
              "http://terminology.hl7.org/CodeSystem/data-absent-reason",
              reason);
    }
  }

  static void range(JsonBuffer json, LaboratoryResult.ReferenceRange range) {
    json.open(null);
    if (range.low() != null) {
      quantity(json, "low", range.low(), null, range.unit());
    }
    if (range.high() != null) {
      quantity(json, "high", range.high(), null, range.unit());
    }
    json.text("text", range.text()).close();
  }

  /** Base64 is written anew: senders leave the padding out, or break its lines. */
  static void attachment(JsonBuffer json, LaboratoryReport.Form form) {
    byte[] data = Base64.getDecoder().decode(form.base64());
    json.open(null)
        .text("contentType", form.contentType())
        .text("data", Base64.getEncoder().encodeToString(data))
        .close();
  }

  private static void quantity(
      JsonBuffer json,
      String name,
      String number,
      @Nullable String comparator,
      LaboratoryResult.@Nullable Unit unit) {
    json.open(name)
        .number("value", new BigDecimal(number)) // keeps the digits: 5.10 stays 5.10
        .text("comparator", comparator);
    if (unit != null) {
      json.text("unit", unit.text());
      if (unit.ucum() != null) {
        json.text("system", UCUM).text("code", unit.ucum());
      }
    }
    json.close();
  }
}
