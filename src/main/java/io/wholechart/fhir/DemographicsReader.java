package io.wholechart.fhir;

import static io.wholechart.fhir.Json.eachItem;
import static io.wholechart.fhir.Json.firstField;
import static io.wholechart.fhir.Json.nextField;
import static io.wholechart.fhir.Json.text;

import com.fasterxml.jackson.core.JsonParser;
import io.wholechart.patient.Demographics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Picks out of a Patient who it says the patient is. */
final class DemographicsReader {
  private final List<String> identifiers = new ArrayList<>(2);
  private @Nullable String family;
  private @Nullable String given;
  private @Nullable String birthDate;
  private @Nullable String gender;

  void field(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "identifier" -> eachItem(parser, () -> readIdentifier(parser));
      case "name" -> eachItem(parser, () -> readName(parser));
      case "birthDate" -> birthDate = text(parser);
      case "gender" -> gender = text(parser);
      default -> parser.skipChildren();
    }
  }

  Demographics read() {
    return new Demographics(identifiers, family, given, birthDate, gender);
  }

  private void readIdentifier(JsonParser parser) throws IOException {
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      if (field.equals("value")) {
        addText(parser, identifiers::add);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readName(JsonParser parser) throws IOException {
    @Nullable String use = null;
    @Nullable String itsFamily = null;
    var itsGiven = new StringJoiner(" ");
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "use" -> use = text(parser);
        case "family" -> itsFamily = text(parser);
        case "given" -> eachItem(parser, () -> addText(parser, itsGiven::add));
        default -> parser.skipChildren();
      }
    }
    boolean isFirst = family == null && given == null;
    if (isFirst && !"old".equals(use) && !"maiden".equals(use)) {
      family = itsFamily;
      given = itsGiven.length() == 0 ? null : itsGiven.toString();
    }
  }

  private static void addText(JsonParser parser, Consumer<String> to) throws IOException {
    @Nullable String text = text(parser);
    if (text != null) {
      to.accept(text);
    }
  }
}
