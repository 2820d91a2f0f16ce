package io.wholechart.fhir;

import io.wholechart.fhir.LaboratoryReport.Effective;
import io.wholechart.patient.ResourceBytes;
import io.wholechart.patient.ResourceFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the FHIR R4 resources that a payload of another protocol becomes, each with its elements
 * in R4's order, one after the other into one array.
 *
 * <p>It writes by hand what HAPI's model and encoder would write. Those took a laboratory's message
 * of thirty results a millisecond and a half and three megabytes, more than all else that a request
 * does. They are the tests' oracle instead: the JSON has to be theirs, and what is noted of a
 * resource in passing has to be what reading it would find.
 */
public final class Author {
  private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";

  private static final int MOST_BEFOREHAND = 256 * 1024;

  private final JsonBuffer json;
  private final List<Written> written = new ArrayList<>();

  private record Written(int from, int to, ResourceFacts facts) {}

  /**
   * @param room how many bytes will do in all likelihood; what is longer costs a copy
   */
  public Author(int room) {
    json = new JsonBuffer(Math.min(room, MOST_BEFOREHAND));
  }

  /** What was written, once nothing more is; the slices are windows on one array. */
  public List<Resource> resources() {
    byte[] all = json.handOver();
    List<Resource> resources = new ArrayList<>(written.size());
    for (Written w : written) {
      resources.add(new Resource(new ResourceBytes(all, w.from(), w.to() - w.from()), w.facts()));
    }
    return resources;
  }

  public void patient(LaboratoryPatient from) {
    write(
        Facts.of("Patient", from.id()).with(from.demographics()),
        () -> {
          identifiers(from.identifiers());
          if (from.family() != null || !from.given().isEmpty()) {
            json.openList("name").open(null).text("family", from.family());
            if (!from.given().isEmpty()) {
              json.openList("given");
              from.given().forEach(json::item);
              json.closeList();
            }
            json.close().closeList();
          }
          json.text("gender", from.gender()).text("birthDate", from.birthDate());
        });
  }

  public void report(LaboratoryReport from) {
    var facts =
        Facts.of("DiagnosticReport", from.id())
            .with(from.subject())
            .with(from.code())
            .with(from.status(), firstOf(from.effective(), from.issued()))
            .stating(from.conclusion());
    write(
        facts,
        () -> {
          identifiers(from.identifiers());
          json.text("status", from.status());
          category(TERMINOLOGY + "v2-0074", "LAB");
          about(from.code(), from.subject(), from.effective(), from.issued());
          list(
              "result", from.results(), id -> DataTypes.reference(json, null, "Observation/" + id));
          json.text("conclusion", from.conclusion());
          list("presentedForm", from.forms(), form -> DataTypes.attachment(json, form));
        });
  }

  public void result(LaboratoryResult from) {
    var facts =
        Facts.of("Observation", from.id())
            .with(from.subject())
            .with(from.code())
            .with(from.status(), firstOf(from.effective(), from.issued()))
            .stating(from.value());
    write(
        facts,
        () -> {
          if (from.subId() != null) {
            identifiers(List.of(new NamedIdentifier(from.subId(), null, null, null)));
          }
          json.text("status", from.status());
          category(TERMINOLOGY + "observation-category", "laboratory");
          about(from.code(), from.subject(), from.effective(), from.issued());
          if (from.performer() != null) {
            list(
                "performer",
                List.of(from.performer()),
                name -> DataTypes.display(json, null, name));
          }
          DataTypes.value(json, from.value());
          list("interpretation", from.interpretations(), i -> DataTypes.concept(json, null, i));
          list("note", from.notes(), note -> json.open(null).text("text", note).close());
          if (from.method() != null) {
            DataTypes.concept(json, "method", from.method());
          }
          if (from.range() != null) {
            list("referenceRange", List.of(from.range()), range -> DataTypes.range(json, range));
          }
        });
  }

  public void study(ImagingStudyDraft from) {
    List<NamedIdentifier> identifiers = new ArrayList<>(2);
    identifiers.add(new NamedIdentifier("urn:oid:" + from.uid(), "urn:dicom:uid", null, null));
    if (from.accession() != null) {
      identifiers.add(new NamedIdentifier(from.accession(), null, "ACSN", null));
    }
    var facts =
        Facts.of("ImagingStudy", from.uid())
            .with(from.patient())
            .describing(from.described())
            .with(from.status(), from.started());
    write(
        facts,
        () -> {
          identifiers(identifiers);
          json.text("status", from.status());
          list(
              "modality",
              from.modalities(),
              code -> DataTypes.coding(json, "http://dicom.nema.org/resources/ontology/DCM", code));
          if (from.patient() == null) { // R4 wants a subject; nobody is invented for it
            DataTypes.display(json, "subject", "not stated");
          } else {
            json.open("subject");
            DataTypes.identifier(json, "identifier", from.patient());
            json.close();
          }
          json.text("started", from.started());
          if (from.referrer() != null) {
            DataTypes.display(json, "referrer", from.referrer());
          }
          json.number("numberOfSeries", from.series());
          json.number("numberOfInstances", from.instances());
          json.text("description", from.description());
        });
  }

  private void write(Facts facts, Runnable elements) {
    int from = json.size();
    try {
      json.open(null).text("resourceType", facts.type()).text("id", facts.id());
      elements.run();
      json.close();
      written.add(new Written(from, json.size(), facts.all()));
    } catch (RuntimeException e) {
      json.truncate(from); // what comes after must not find half an object before it
      throw e;
    }
  }

  private <T> void list(String name, List<T> items, Consumer<T> item) {
    if (!items.isEmpty()) {
      json.openList(name);
      items.forEach(item);
      json.closeList();
    }
  }

  private void identifiers(List<NamedIdentifier> identifiers) {
    list("identifier", identifiers, identifier -> DataTypes.identifier(json, null, identifier));
  }

  private void category(String system, String code) {
    json.openList("category");
    DataTypes.coded(json, null, system, code);
    json.closeList();
  }

  /** What it is about, whom, and when: alike in a report and in its results. */
  private void about(
      CodedText code,
      @Nullable LaboratoryPatient patient,
      Effective effective,
      @Nullable String issued) {
    DataTypes.concept(json, "code", code);
    subject(patient);
    DataTypes.effective(json, effective);
    json.text("issued", instant(issued));
  }

  private void subject(@Nullable LaboratoryPatient patient) {
    if (patient != null) {
      json.open("subject").text("reference", "Patient/" + patient.id());
      if (!patient.identifiers().isEmpty()) {
        DataTypes.identifier(json, "identifier", patient.identifiers().getFirst());
      }
      json.close();
    }
  }

  /** An instant needs its seconds and its zone; a day is none. */
  private static @Nullable String instant(@Nullable String text) {
    return text == null || text.length() <= 10 ? null : text;
  }

  private static @Nullable String firstOf(Effective effective, @Nullable String issued) {
    return effective.start() == null ? instant(issued) : effective.start();
  }
}
