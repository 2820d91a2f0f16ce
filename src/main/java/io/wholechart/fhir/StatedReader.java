package io.wholechart.fhir;

import static io.wholechart.fhir.Json.eachItem;
import static io.wholechart.fhir.Json.firstField;
import static io.wholechart.fhir.Json.nextField;
import static io.wholechart.fhir.Json.text;

import com.fasterxml.jackson.core.JsonParser;
import io.wholechart.patient.Stated;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Picks out what a resource states: {@code value[x]} with the components of an Observation, the
 * conclusion of a DiagnosticReport, the dosage of a drug. No type has two of them.
 */
final class StatedReader {
  private final JsonParser parser;
  private @Nullable Stated whole;
  private List<String> parts = List.of(); // of panels alone, so it is made when it is needed

  StatedReader(JsonParser parser) {
    this.parser = parser;
  }

  void begin() {
    whole = null;
    parts = List.of();
  }

  static boolean isValue(String name) {
    return name.length() > 5 && name.startsWith("value") && Character.isUpperCase(name.charAt(5));
  }

  void value() throws IOException {
    whole = readValue();
  }

  void components() throws IOException {
    eachItem(parser, this::readComponent);
  }

  void dosages() throws IOException {
    eachItem(parser, this::readDosage);
  }

  @Nullable Stated stated() {
    if (parts.isEmpty()) {
      return whole;
    }
    Collections.sort(parts); // sources send the parts of a panel in any order
    String joined = String.join("; ", parts);
    return new Stated(whole == null ? joined : whole.words() + "; " + joined, null);
  }

  /** A value of any type that R4 allows, whose fields come in any order. */
  private @Nullable Stated readValue() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> readObject();
      case VALUE_STRING -> ValueText.plain(text(parser));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          new Stated(parser.getText(), null);
      case null, default -> {
        parser.skipChildren();
        yield null;
      }
    };
  }

  private @Nullable Stated readObject() throws IOException {
    var value = new ValueText();
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "value" -> value.number = scalar();
        case "comparator" -> value.comparator = text(parser);
        case "unit" -> value.unit = text(parser);
        case "code" -> value.unitCode = text(parser);
        case "coding" -> eachItem(parser, () -> value.code(readCode()));
        case "text", "data" -> value.text = text(parser);
        case "low", "numerator" -> value.first = readValue();
        case "high", "denominator" -> {
          value.second = readValue();
          value.joint = field.equals("high") ? " - " : " : ";
        }
        case "start" -> value.first = readValue();
        case "end" -> value.second = readValue();
        default -> parser.skipChildren();
      }
    }
    return value.stated();
  }

  private @Nullable String scalar() throws IOException {
    if (parser.currentToken().isNumeric()) {
      return parser.getText();
    }
    return text(parser);
  }

  private @Nullable String readCode() throws IOException {
    @Nullable String code = null;
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      if (field.equals("code")) {
        code = text(parser);
      } else {
        parser.skipChildren();
      }
    }
    return code;
  }

  private void readComponent() throws IOException {
    @Nullable Stated code = null;
    @Nullable Stated value = null;
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      if (field.equals("code")) {
        code = readValue();
      } else if (isValue(field)) {
        value = readValue();
      } else {
        parser.skipChildren();
      }
    }
    if (value != null) {
      part((code == null ? "" : code.words() + " ") + value.plain().words());
    }
  }

  /** The words where there are some, and else the dose. */
  private void readDosage() throws IOException {
    @Nullable String words = null;
    @Nullable Stated dose = null;
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "text" -> words = text(parser);
        case "dose" -> dose = readValue();
        case "doseAndRate" -> dose = readDose();
        default -> parser.skipChildren();
      }
    }
    if (words != null) {
      part(words);
    } else if (dose != null) {
      part(dose.words());
    }
  }

  private @Nullable Stated readDose() throws IOException {
    var doses = new StatedReader(parser);
    eachItem(
        parser,
        () -> {
          for (var field = firstField(parser); field != null; field = nextField(parser)) {
            if (field.equals("doseQuantity") || field.equals("doseRange")) {
              doses.value();
            } else {
              parser.skipChildren();
            }
          }
        });
    return doses.whole;
  }

  private void part(String part) {
    if (parts.isEmpty()) {
      parts = new ArrayList<>(2);
    }
    parts.add(part);
  }
}
