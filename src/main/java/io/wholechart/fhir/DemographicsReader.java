package io.wholechart.fhir;

import static io.wholechart.fhir.Json.eachItem;
import static io.wholechart.fhir.Json.firstField;
import static io.wholechart.fhir.Json.nextField;
import static io.wholechart.fhir.Json.text;

import com.fasterxml.jackson.core.JsonParser;
import io.wholechart.patient.Demographics;
import io.wholechart.patient.Identifier;
import io.wholechart.patient.PersonName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Picks out of a Patient who it says the patient is. */
final class DemographicsReader {
  private final List<Identifier> identifiers = new ArrayList<>(2);
  private final List<PersonName> names = new ArrayList<>(1);
  private @Nullable String birthDate;
  private @Nullable String gender;

  void field(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "identifier" -> eachItem(parser, () -> readIdentifier(parser, identifiers));
      case "name" -> eachItem(parser, () -> readName(parser));
      case "birthDate" -> birthDate = text(parser);
      case "gender" -> gender = text(parser);
      default -> parser.skipChildren();
    }
  }

  Demographics read() {
    return new Demographics(identifiers, names, birthDate, gender);
  }

  /** Adds an Identifier; a second value in it must not hide behind a first. */
  static void readIdentifier(JsonParser parser, List<Identifier> to) throws IOException {
    @Nullable String system = null;
    List<String> values = new ArrayList<>(1);
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "system" -> system = text(parser);
        case "value" -> {
          @Nullable String value = text(parser);
          if (value != null) {
            values.add(value);
          }
        }
        default -> parser.skipChildren();
      }
    }
    for (String value : values) {
      to.add(new Identifier(system, value));
    }
  }

  private void readName(JsonParser parser) throws IOException {
    @Nullable String use = null;
    @Nullable String family = null;
    var given = new StringJoiner(" ");
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "use" -> use = text(parser);
        case "family" -> family = text(parser);
        case "given" -> eachItem(parser, () -> addText(parser, given));
        default -> parser.skipChildren();
      }
    }
    if (family != null || given.length() > 0) {
      names.add(
          new PersonName(
              family,
              given.length() == 0 ? null : given.toString(),
              "old".equals(use) || "maiden".equals(use)));
    }
  }

  private static void addText(JsonParser parser, StringJoiner to) throws IOException {
    @Nullable String text = text(parser);
    if (text != null) {
      to.add(text);
    }
  }
}
