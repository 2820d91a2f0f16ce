package io.wholechart.fhir;

import static io.wholechart.fhir.Json.eachItem;
import static io.wholechart.fhir.Json.firstField;
import static io.wholechart.fhir.Json.nextField;
import static io.wholechart.fhir.Json.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.wholechart.patient.ClinicalTime;
import io.wholechart.patient.Coding;
import io.wholechart.patient.ResourceBytes;
import io.wholechart.patient.ResourceFacts;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Picks the few elements that we need out of a resource's top-level fields as they go by.
 *
 * <p>The fields come in any order, {@code resourceType} possibly last, so candidates are collected
 * by the names that R4 gives them and what they mean is decided at the end. A name that is there
 * twice is collected twice: a second {@code subject} must not hide behind a first.
 */
final class ResourceReader {
  /**
   * R4's clinically relevant times by their rank, the telling ones first: no type has two that
   * compete.
   */
  private static final Map<String, Integer> TIMES =
      ranked(
          "effectiveDateTime",
          "effectiveInstant",
          "effectivePeriod",
          "onsetDateTime",
          "onsetPeriod",
          "performedDateTime",
          "performedPeriod",
          "occurrenceDateTime",
          "whenHandedOver",
          "whenPrepared",
          "started",
          "authoredOn",
          "period",
          "date",
          "created",
          "recordedDate",
          "dateAsserted",
          "issued");

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

  private static Map<String, Integer> ranked(String... names) {
    Map<String, Integer> ranks = new HashMap<>();
    for (String name : names) {
      ranks.put(name, ranks.size());
    }
    return Map.copyOf(ranks);
  }

  private record CodeIn(String field, Coding coding) {}

  private final JsonParser parser;

  private String type = "";
  private @Nullable String id;
  private final List<String> subjects = new ArrayList<>();
  private final List<String> subjectIdentifiers = new ArrayList<>();
  private final List<CodeIn> codes = new ArrayList<>();
  private @Nullable String status;
  private @Nullable String clinicalStatus;
  private @Nullable String verificationStatus;
  private int timeRank = Integer.MAX_VALUE;
  private @Nullable String time;
  private @Nullable String lastUpdated;
  private boolean isSubsetted;
  private boolean hasErrorIssue;
  private @Nullable DemographicsReader demographics; // most resources are no Patient

  ResourceReader(JsonParser parser) {
    this.parser = parser;
  }

  /** Forgets the last resource. */
  void begin() {
    type = "";
    id = null;
    subjects.clear();
    subjectIdentifiers.clear();
    codes.clear();
    status = null;
    clinicalStatus = null;
    verificationStatus = null;
    timeRank = Integer.MAX_VALUE;
    time = null;
    lastUpdated = null;
    isSubsetted = false;
    hasErrorIssue = false;
    demographics = null;
  }

  /** Takes or skips a field; the parser stands on its value and ends on the value's last token. */
  void field(String name) throws IOException {
    switch (name) {
      case "resourceType" -> type = Objects.requireNonNullElse(text(parser), type);
      case "id" -> id = text(parser);
      case "meta" -> readMeta();
      // Where R4 names the patient, by type: most say subject or patient; Coverage,
      // ResearchSubject,
      // Task and EnrollmentRequest have names of their own.
      case "subject", "patient", "beneficiary", "individual", "for", "candidate" ->
          eachItem(parser, this::readReference);
      case "code", "medicationCodeableConcept", "vaccineCode", "type" ->
          eachItem(parser, () -> readConcept(name));
      case "status" -> status = text(parser);
      case "clinicalStatus" -> clinicalStatus = firstCode();
      case "verificationStatus" -> verificationStatus = firstCode();
      case "issue" -> eachItem(parser, this::readIssue);
      case "identifier", "name", "birthDate", "gender" -> readDemographics(name);
      default -> {
        int rank = TIMES.getOrDefault(name, Integer.MAX_VALUE);
        if (rank < timeRank) {
          readTime(rank);
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  Resource end(ResourceBytes bytes) {
    String codeField = CODE_FIELDS.getOrDefault(type, "code");
    return new Resource(
        bytes,
        new ResourceFacts(
            null,
            type,
            id,
            subjects,
            subjectIdentifiers,
            codings(codeField),
            status,
            clinicalStatus,
            verificationStatus,
            time == null ? null : ClinicalTime.parse(time).orElse(null),
            instant(lastUpdated),
            isSubsetted,
            type.equals("Patient")
                ? Objects.requireNonNullElseGet(demographics, DemographicsReader::new).read()
                : null));
  }

  private List<Coding> codings(String in) {
    List<Coding> codings = new ArrayList<>(codes.size());
    for (CodeIn code : codes) {
      if (code.field().equals(in)) {
        codings.add(code.coding());
      }
    }
    return codings;
  }

  /** Of what is a Patient, or may yet turn out to be one. */
  private void readDemographics(String name) throws IOException {
    if (!type.isEmpty() && !type.equals("Patient")) {
      parser.skipChildren();
      return;
    }
    if (demographics == null) {
      demographics = new DemographicsReader();
    }
    demographics.field(name, parser);
  }

  /** Whether the last resource was an OperationOutcome that says error or fatal. */
  boolean hasErrorIssue() {
    return hasErrorIssue;
  }

  private static @Nullable Instant instant(@Nullable String text) {
    return text == null
        ? null
        : ClinicalTime.parse(text)
            .filter(t -> t.precision() == ClinicalTime.Precision.INSTANT)
            .map(t -> Instant.ofEpochMilli(t.epochMillis()))
            .orElse(null);
  }

  private void readMeta() throws IOException {
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "lastUpdated" -> lastUpdated = text(parser);
        case "tag" -> eachItem(parser, this::readTag);
        default -> parser.skipChildren();
      }
    }
  }

  private void readTag() throws IOException {
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      if (field.equals("code")) {
        isSubsetted |= "SUBSETTED".equals(text(parser));
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readReference() throws IOException {
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "reference" -> addText(subjects);
        case "identifier" -> readIdentifierValue();
        default -> parser.skipChildren();
      }
    }
  }

  private void readIdentifierValue() throws IOException {
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      if (field.equals("value")) {
        addText(subjectIdentifiers);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readConcept(String in) throws IOException {
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      if (field.equals("coding")) {
        eachItem(parser, () -> readCoding(in));
      } else {
        parser.skipChildren();
      }
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

  private @Nullable String firstCode() throws IOException {
    int before = codes.size();
    readConcept("");
    if (codes.size() == before) {
      return null;
    }
    String first = codes.get(before).coding().code();
    codes.subList(before, codes.size()).clear();
    return first;
  }

  private void readTime(int rank) throws IOException {
    @Nullable String stated =
        parser.currentToken() == JsonToken.START_OBJECT ? startOfPeriod() : text(parser);
    if (stated != null) {
      timeRank = rank;
      time = stated;
    }
  }

  private @Nullable String startOfPeriod() throws IOException {
    @Nullable String start = null;
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      if (field.equals("start")) {
        start = text(parser);
      } else {
        parser.skipChildren();
      }
    }
    return start;
  }

  private void readIssue() throws IOException {
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      if (field.equals("severity")) {
        @Nullable String severity = text(parser);
        hasErrorIssue |= "error".equals(severity) || "fatal".equals(severity);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void addText(List<String> to) throws IOException {
    @Nullable String text = text(parser);
    if (text != null) {
      to.add(text);
    }
  }
}
