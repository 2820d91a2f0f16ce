package io.wholechart.fhir;

import static io.wholechart.fhir.Json.eachItem;
import static io.wholechart.fhir.Json.firstField;
import static io.wholechart.fhir.Json.nextField;
import static io.wholechart.fhir.Json.text;

import com.fasterxml.jackson.core.JsonParser;
import io.wholechart.patient.Coding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Picks out what a resource is about. Which element says so depends on the type, which may come
 * last, so all that may are read.
 */
final class ConceptReader {
  private static final Map<String, String> CODE_FIELDS =
      Map.of(
          "MedicationRequest", "medicationCodeableConcept",
          "MedicationDispense", "medicationCodeableConcept",
          "MedicationStatement", "medicationCodeableConcept",
          "MedicationAdministration", "medicationCodeableConcept",
          "Immunization", "vaccineCode",
          "Encounter", "type",
          "DocumentReference", "type",
          "DocumentManifest", "type",
          "Composition", "type");

  private record CodeIn(String field, Coding coding) {}

  private record WordsIn(String field, String words) {}

  private final JsonParser parser;
  private final List<CodeIn> codes = new ArrayList<>();
  private final List<WordsIn> words = new ArrayList<>();

  ConceptReader(JsonParser parser) {
    this.parser = parser;
  }

  void begin() {
    codes.clear();
    words.clear();
  }

  List<Coding> codings(String type) {
    String in = CODE_FIELDS.getOrDefault(type, "code");
    List<Coding> codings = new ArrayList<>(codes.size());
    for (CodeIn code : codes) {
      if (code.field().equals(in)) {
        codings.add(code.coding());
      }
    }
    return codings;
  }

  /** The words for what a resource is about, where it has no code for that. */
  @Nullable String wording(String type) {
    if (words.isEmpty()) {
      return null;
    }
    String in = CODE_FIELDS.getOrDefault(type, "code");
    if (hasCodes(in)) {
      return null;
    }
    for (WordsIn its : words) {
      if (its.field().equals(in)) {
        return its.words();
      }
    }
    return null;
  }

  private boolean hasCodes(String in) {
    for (CodeIn code : codes) {
      if (code.field().equals(in)) {
        return true;
      }
    }
    return false;
  }

  /** Reads the first code of a concept that says something else, such as a status. */
  @Nullable String firstCode() throws IOException {
    int before = codes.size();
    read("");
    if (codes.size() == before) {
      return null;
    }
    String first = codes.get(before).coding().code();
    codes.subList(before, codes.size()).clear();
    return first;
  }

  void read(String in) throws IOException {
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      if (field.equals("coding")) {
        eachItem(parser, () -> readCoding(in));
      } else if (field.equals("text") && !in.isEmpty() && !hasCodes(in)) {
        readWords(in);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readWords(String in) throws IOException {
    @Nullable String text = text(parser);
    if (text != null) {
      words.add(new WordsIn(in, text));
    }
  }

  private void readCoding(String in) throws IOException {
    @Nullable String system = null;
    @Nullable String code = null;
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "system" -> system = text(parser);
        case "code" -> code = text(parser);
        default -> parser.skipChildren();
      }
    }
    if (code != null) {
      codes.add(new CodeIn(in, new Coding(system, code)));
    }
  }
}
