package io.wholechart.fhir;

import static io.wholechart.fhir.Json.eachItem;
import static io.wholechart.fhir.Json.firstField;
import static io.wholechart.fhir.Json.nextField;
import static io.wholechart.fhir.Json.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.wholechart.patient.ResourceBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the words out of one resource for a narrative. It is apart from the reading of payloads,
 * because only a summary wants words, and every chart would pay for them.
 */
public final class ResourceTextReader {
  private final JsonParser parser;
  private final String type;
  private final ValueTextReader values;
  private final List<String> details = new ArrayList<>();
  private final Map<String, String> contained = new HashMap<>();
  private @Nullable String what;
  private @Nullable String description;
  private @Nullable String medication;

  private ResourceTextReader(JsonParser parser, String type) {
    this.parser = parser;
    this.type = type;
    this.values = new ValueTextReader(parser);
  }

  public static ResourceText read(String type, ResourceBytes resource) {
    try (JsonParser parser = PayloadReader.JSON.createParser(resource.toByteArray())) {
      parser.nextToken();
      return new ResourceTextReader(parser, type).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it was read before, from the same bytes
    }
  }

  private ResourceText read() throws IOException {
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      take(field);
    }
    if (what == null && medication != null && medication.startsWith("#")) {
      what = contained.get(medication.substring(1));
    }
    return ResourceText.of(what == null ? description : what, details, medication);
  }

  private void take(String field) throws IOException {
    switch (field) {
      case "code", "medicationCodeableConcept", "vaccineCode" -> what = first(what, concept());
      case "medicationReference" -> reference();
      case "device" -> device();
      case "description" -> description = text(parser);
      case "contained" -> eachItem(parser, this::contained);
      case "doNotPerform" -> {
        if (parser.currentToken() == JsonToken.VALUE_TRUE) {
          details.addFirst("NOT to be given");
        }
      }
      case "criticality" -> detail("criticality ", text(parser));
      case "severity" -> detail("severity ", concept());
      case "reaction" -> eachItem(parser, this::reaction);
      case "dosageInstruction", "dosage" -> eachItem(parser, this::dosage);
      case "component" -> eachItem(parser, this::component);
      case "interpretation" -> eachItem(parser, () -> detail("", concept()));
      case "dataAbsentReason" -> detail("no value: ", concept());
      case "conclusion" -> detail("", text(parser));
      case "modality" -> eachItem(parser, () -> detail("", values.coding()));
      case "intent" -> intent(text(parser));
      default -> detail("", values.read(field));
    }
  }

  /** An order is the rule; anything less must not be taken for one. */
  private void intent(@Nullable String intent) {
    if (intent != null && !intent.endsWith("order")) {
      details.add(intent);
    }
  }

  private void detail(String before, @Nullable String words) {
    if (words != null) {
      details.add(before + words);
    }
  }

  private @Nullable String concept() throws IOException {
    return values.concept();
  }

  private static @Nullable String first(@Nullable String one, @Nullable String other) {
    return one == null ? other : one;
  }

  private void reference() throws IOException {
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "reference" -> medication = text(parser);
        case "display" -> what = first(what, text(parser));
        default -> parser.skipChildren();
      }
    }
  }

  /** In a DeviceUseStatement it is what that is about, and in an Observation a mere instrument. */
  private void device() throws IOException {
    if (type.equals("DeviceUseStatement")) {
      reference();
    } else {
      parser.skipChildren();
    }
  }

  private void contained() throws IOException {
    @Nullable String id = null;
    @Nullable String words = null;
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "id" -> id = text(parser);
        case "code" -> words = concept();
        default -> parser.skipChildren();
      }
    }
    if (id != null && words != null) {
      contained.put(id, words);
    }
  }

  private void reaction() throws IOException {
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "manifestation" -> eachItem(parser, () -> detail("", concept()));
        case "severity" -> detail("", text(parser));
        default -> parser.skipChildren();
      }
    }
  }

  private void dosage() throws IOException {
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "text" -> detail("", text(parser));
        default -> parser.skipChildren();
      }
    }
  }

  /** Such as the two pressures of one blood pressure. */
  private void component() throws IOException {
    @Nullable String name = null;
    @Nullable String value = null;
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "code" -> name = concept();
        case "dataAbsentReason" -> value = first(value, concept());
        default -> value = first(value, values.read(field));
      }
    }
    if (value != null) {
      details.add(name == null ? value : name + " " + value);
    }
  }
}
