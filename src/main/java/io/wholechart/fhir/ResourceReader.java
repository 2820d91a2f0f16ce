package io.wholechart.fhir;

import static io.wholechart.fhir.Json.eachItem;
import static io.wholechart.fhir.Json.firstField;
import static io.wholechart.fhir.Json.nextField;
import static io.wholechart.fhir.Json.text;

import com.fasterxml.jackson.core.JsonParser;
import io.wholechart.patient.ClinicalTime;
import io.wholechart.patient.Demographics;
import io.wholechart.patient.Identifier;
import io.wholechart.patient.Label;
import io.wholechart.patient.ResourceBytes;
import io.wholechart.patient.ResourceFacts;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Picks the few elements that we need out of a resource's top-level fields as they go by.
 *
 * <p>The fields come in any order, {@code resourceType} possibly last, so candidates are collected
 * by the names that R4 gives them and what they mean is decided at the end. A name that is there
 * twice is collected twice: a second {@code subject} must not hide behind a first.
 */
final class ResourceReader {
  private final JsonParser parser;

  private String type = "";
  private @Nullable String id;
  private final List<String> subjects = new ArrayList<>();
  private final List<Identifier> subjectIdentifiers = new ArrayList<>();
  private final ConceptReader concepts;
  private @Nullable String status;
  private @Nullable String clinicalStatus;
  private @Nullable String verificationStatus;
  private final TimeReader times;
  private final StatedReader stated;
  private @Nullable String lastUpdated;
  private boolean isSubsetted;
  private Set<Label> labels = Set.of(); // most resources have none
  private boolean hasErrorIssue;
  private @Nullable DemographicsReader demographics; // most resources are no Patient
  private @Nullable WithinReader within; // most resources hold no other

  ResourceReader(JsonParser parser) {
    this.parser = parser;
    this.concepts = new ConceptReader(parser);
    this.times = new TimeReader(parser);
    this.stated = new StatedReader(parser);
  }

  /** Forgets the last resource. */
  void begin() {
    type = "";
    id = null;
    subjects.clear();
    subjectIdentifiers.clear();
    concepts.begin();
    status = null;
    clinicalStatus = null;
    verificationStatus = null;
    times.begin();
    stated.begin();
    lastUpdated = null;
    isSubsetted = false;
    labels = Set.of();
    hasErrorIssue = false;
    demographics = null;
    within = null;
  }

  /** Takes or skips a field; the parser stands on its value and ends on the value's last token. */
  void field(String name) throws IOException {
    switch (name) {
      case "resourceType" -> type = Objects.requireNonNullElse(text(parser), type);
      case "id" -> id = text(parser);
      case "meta" -> readMeta();
      // Where R4 names the patient, by type: most say subject or patient; Coverage,
      // ResearchSubject, Task and EnrollmentRequest have names of their own.
      case "subject", "patient", "beneficiary", "individual", "for", "candidate" ->
          eachItem(parser, this::readReference);
      case "code", "medicationCodeableConcept", "vaccineCode", "type" ->
          eachItem(parser, () -> concepts.read(name));
      case "status" -> status = text(parser);
      case "clinicalStatus" -> clinicalStatus = concepts.firstCode();
      case "verificationStatus" -> verificationStatus = concepts.firstCode();
      case "issue" -> eachItem(parser, this::readIssue);
      case "identifier", "name", "birthDate", "gender" -> readDemographics(name);
      case "contained" -> eachItem(parser, () -> within().readContained());
      case "entry" -> eachItem(parser, () -> within().readEntry());
      case "component" -> stated.components();
      case "conclusion" -> stated.value();
      case "dosageInstruction", "dosage" -> stated.dosages();
      default -> {
        if (StatedReader.isValue(name)) {
          stated.value();
        } else {
          times.field(name);
        }
      }
    }
  }

  Resource end(ResourceBytes bytes) {
    List<Demographics> described =
        within == null ? List.of() : within.describedBy(subjects, subjectIdentifiers);
    if (within != null) {
      within.labels().forEach(this::label);
    }
    return new Resource(
        bytes,
        new ResourceFacts(
            null,
            type,
            id,
            subjects,
            subjectIdentifiers,
            described,
            concepts.codings(type),
            concepts.wording(type),
            status,
            clinicalStatus,
            verificationStatus,
            times.time(),
            stated.stated(),
            instant(lastUpdated),
            isSubsetted,
            labels,
            type.equals("Patient")
                ? Objects.requireNonNullElseGet(demographics, DemographicsReader::new).read()
                : null));
  }

  private WithinReader within() {
    if (within == null) {
      within = new WithinReader(parser);
    }
    return within;
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
        case "security" -> eachItem(parser, this::readSecurity);
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

  private void readSecurity() throws IOException {
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      if (field.equals("code")) {
        @Nullable String code = text(parser);
        Optional<Label> label = code == null ? Optional.empty() : Label.of(code);
        label.ifPresent(this::label);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void label(Label label) {
    if (labels.isEmpty()) {
      labels = EnumSet.noneOf(Label.class);
    }
    labels.add(label);
  }

  private void readReference() throws IOException {
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "reference" -> addText(subjects);
        case "identifier" -> DemographicsReader.readIdentifier(parser, subjectIdentifiers);
        default -> parser.skipChildren();
      }
    }
  }

  private void readIssue() throws IOException {
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "severity" -> {
          @Nullable String severity = text(parser);
          hasErrorIssue |= "error".equals(severity) || "fatal".equals(severity);
        }
        case "code" -> hasErrorIssue |= isGap(text(parser));
        default -> parser.skipChildren();
      }
    }
  }

  /**
   * Whether an issue of this type says that something is not there, however mildly: an aggregator
   * warns that one of its own sources did not answer, and a portal informs of what it holds back.
   */
  private static boolean isGap(@Nullable String issueType) {
    return switch (issueType) {
      case "incomplete", "timeout", "transient", "throttled", "suppressed", "too-costly" -> true;
      case null, default -> false;
    };
  }

  private void addText(List<String> to) throws IOException {
    @Nullable String text = text(parser);
    if (text != null) {
      to.add(text);
    }
  }
}
