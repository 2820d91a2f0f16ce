package io.wholechart.fhir;

import static io.wholechart.fhir.Json.firstField;
import static io.wholechart.fhir.Json.nextField;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.wholechart.patient.Demographics;
import io.wholechart.patient.Identifier;
import io.wholechart.patient.Label;
import io.wholechart.patient.ResourceBytes;
import io.wholechart.patient.ResourceFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the resources that stand within another, contained in it or as entries of a nested
 * Bundle, for whom they name: a stranger's chart must not come in wrapped.
 */
final class WithinReader {
  /** Of a resource that is looked at for its facts alone. */
  private static final ResourceBytes NO_BYTES = new ResourceBytes(new byte[2], 0, 2);

  private final JsonParser parser;
  private final ResourceReader reader;
  private final Map<String, Demographics> contained = new HashMap<>();
  private final List<String> subjects = new ArrayList<>();
  private final List<Identifier> identifiers = new ArrayList<>();
  private final List<Demographics> patients = new ArrayList<>();
  private final Set<Label> labels = EnumSet.noneOf(Label.class);

  WithinReader(JsonParser parser) {
    this.parser = parser;
    this.reader = new ResourceReader(parser);
  }

  /** A contained Patient is somebody once the resource refers to it, by an id that is local. */
  void readContained() throws IOException {
    ResourceFacts facts = read();
    @Nullable Demographics patient = facts.demographics();
    @Nullable String id = facts.id();
    if (patient == null) {
      take(facts);
    } else if (id != null && contained.putIfAbsent("#" + id, patient) != null) {
      patients.add(patient); // two of one id: whichever is meant, neither may be a stranger
    }
  }

  /** An entry of a nested Bundle; a List has entries as well, without resources in them. */
  void readEntry() throws IOException {
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      if (field.equals("resource") && parser.currentToken() == JsonToken.START_OBJECT) {
        ResourceFacts facts = read();
        if (facts.demographics() != null) {
          patients.add(facts.demographics());
          if (facts.id() != null) {
            subjects.add("Patient/" + facts.id());
          }
        }
        take(facts);
      } else {
        parser.skipChildren();
      }
    }
  }

  /**
   * Whom the resource describes, given whom it refers to. What is named further within is added to
   * what it names itself, and a reference that was resolved here is taken out.
   */
  List<Demographics> describedBy(List<String> references, List<Identifier> subjectIdentifiers) {
    List<Demographics> described = new ArrayList<>(patients);
    references.addAll(subjects);
    references.removeIf(reference -> {
      @Nullable Demographics patient = contained.get(reference);
      if (patient != null) {
        described.add(patient);
      }
      return patient != null;
    });
    subjectIdentifiers.addAll(identifiers);
    return described;
  }

  /** What is shown of the whole is shown of its parts as well, so that their labels are its. */
  Set<Label> labels() {
    return labels;
  }

  private ResourceFacts read() throws IOException {
    reader.begin();
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      reader.field(field);
    }
    ResourceFacts facts = reader.end(NO_BYTES).facts();
    labels.addAll(facts.labels());
    return facts;
  }

  private void take(ResourceFacts facts) {
    subjects.addAll(facts.subjects());
    identifiers.addAll(facts.subjectIdentifiers());
    patients.addAll(facts.described());
  }
}
