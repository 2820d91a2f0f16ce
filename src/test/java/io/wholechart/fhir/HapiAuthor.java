package io.wholechart.fhir;

import ca.uhn.fhir.context.FhirContext;
import io.wholechart.fhir.LaboratoryReport.Effective;
import io.wholechart.patient.ResourceBytes;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.ImagingStudy.ImagingStudyStatus;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationReferenceRangeComponent;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Ratio;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.TimeType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Writes what {@link Author} writes, with HAPI's model and encoder: the oracle. */
final class HapiAuthor {
  private static final String TABLE_0203 = "http://terminology.hl7.org/CodeSystem/v2-0203";
  private static final String UCUM = "http://unitsofmeasure.org";

  private HapiAuthor() {}

  /** The context takes half a second to build and as long again to encode its first resource. */
  private static final class Context {
    static final FhirContext R4 = FhirContext.forR4Cached();
  }

  static ResourceBytes patient(LaboratoryPatient from) {
    var patient = new Patient();
    patient.setId(from.id());
    from.identifiers().forEach(i -> patient.addIdentifier(identifier(i)));
    if (from.family() != null || !from.given().isEmpty()) {
      HumanName name = patient.addName().setFamily(from.family());
      from.given().forEach(name::addGiven);
    }
    if (from.birthDate() != null) {
      patient.getBirthDateElement().setValueAsString(from.birthDate());
    }
    if (from.gender() != null) {
      patient.setGender(AdministrativeGender.fromCode(from.gender()));
    }
    return bytes(patient);
  }

  static ResourceBytes report(LaboratoryReport from) {
    var report = new DiagnosticReport();
    report.setId(from.id());
    from.identifiers().forEach(i -> report.addIdentifier(identifier(i)));
    report.setStatus(DiagnosticReportStatus.fromCode(from.status()));
    report.addCategory(category("http://terminology.hl7.org/CodeSystem/v2-0074", "LAB"));
    report.setCode(concept(from.code()));
    report.setSubject(subject(from.subject()));
    report.setEffective(effective(from.effective()));
    report.setIssuedElement(instant(from.issued()));
    from.results().forEach(id -> report.addResult(new Reference("Observation/" + id)));
    report.setConclusion(from.conclusion());
    from.forms().forEach(form -> report.addPresentedForm(attachment(form)));
    return bytes(report);
  }

  static ResourceBytes result(LaboratoryResult from) {
    var observation = new Observation();
    observation.setId(from.id());
    if (from.subId() != null) {
      observation.addIdentifier().setValue(from.subId());
    }
    observation.setStatus(ObservationStatus.fromCode(from.status()));
    observation.addCategory(
        category("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory"));
    observation.setCode(concept(from.code()));
    observation.setSubject(subject(from.subject()));
    observation.setEffective(effective(from.effective()));
    observation.setIssuedElement(instant(from.issued()));
    if (from.performer() != null) {
      observation.addPerformer().setDisplay(from.performer());
    }
    if (from.value() instanceof LaboratoryResult.Value.Absent(String reason)) {
      observation.setDataAbsentReason(
          category("http://terminology.hl7.org/CodeSystem/data-absent-reason", reason));
    } else {
      observation.setValue(value(from.value()));
    }
    from.interpretations().forEach(i -> observation.addInterpretation(concept(i)));
    if (from.range() != null) {
      observation.addReferenceRange(range(from.range()));
    }
    if (from.method() != null) {
      observation.setMethod(concept(from.method()));
    }
    from.notes().forEach(note -> observation.addNote().setText(note));
    return bytes(observation);
  }

  static ResourceBytes study(ImagingStudyDraft from) {
    var study = new ImagingStudy();
    study.setId(from.uid());
    study.addIdentifier().setSystem("urn:dicom:uid").setValue("urn:oid:" + from.uid());
    if (from.accession() != null) {
      study.addIdentifier(identifier(new NamedIdentifier(from.accession(), null, "ACSN", null)));
    }
    study.setStatus(ImagingStudyStatus.fromCode(from.status()));
    from.modalities()
        .forEach(code ->
            study
                .addModality()
                .setSystem("http://dicom.nema.org/resources/ontology/DCM")
                .setCode(code));
    study.setSubject(
        from.patient() == null
            ? new Reference()
                .setDisplay("not stated") // R4 wants a subject; nobody is invented for it
            : new Reference().setIdentifier(identifier(from.patient())));
    if (from.started() != null) {
      study.setStartedElement(new DateTimeType(from.started()));
    }
    if (from.referrer() != null) {
      study.setReferrer(new Reference().setDisplay(from.referrer()));
    }
    if (from.series() != null) {
      study.setNumberOfSeries(from.series());
    }
    if (from.instances() != null) {
      study.setNumberOfInstances(from.instances());
    }
    study.setDescription(from.description());
    return bytes(study);
  }

  private static ResourceBytes bytes(Resource resource) {
    byte[] json =
        Context.R4
            .newJsonParser()
            .encodeResourceToString(resource)
            .getBytes(StandardCharsets.UTF_8);
    return new ResourceBytes(json, 0, json.length);
  }

  private static Type value(LaboratoryResult.Value value) {
    return switch (value) {
      case LaboratoryResult.Value.Quantity q -> {
        Quantity quantity = quantity(q.number(), q.unit());
        if (q.comparator() != null) {
          quantity.setComparator(QuantityComparator.fromCode(q.comparator()));
        }
        yield quantity;
      }
      case LaboratoryResult.Value.Range r ->
          new Range().setLow(quantity(r.low(), r.unit())).setHigh(quantity(r.high(), r.unit()));
      case LaboratoryResult.Value.Ratio r ->
          new Ratio()
              .setNumerator(quantity(r.numerator(), null))
              .setDenominator(quantity(r.denominator(), null));
      case LaboratoryResult.Value.Text(String text) -> new StringType(text);
      case LaboratoryResult.Value.Coded(CodedText concept) -> concept(concept);
      case LaboratoryResult.Value.DateTime(String dateTime) -> new DateTimeType(dateTime);
      case LaboratoryResult.Value.Time(String time) -> new TimeType(time);
      case LaboratoryResult.Value.Absent _ -> throw new IllegalStateException("has no value");
    };
  }

  private static Quantity quantity(String number, LaboratoryResult.@Nullable Unit unit) {
    var quantity = new Quantity();
    quantity.setValue(new BigDecimal(number)); // keeps the digits: 5.10 stays 5.10
    if (unit != null) {
      quantity.setUnit(unit.text());
      if (unit.ucum() != null) {
        quantity.setSystem(UCUM).setCode(unit.ucum());
      }
    }
    return quantity;
  }

  private static ObservationReferenceRangeComponent range(LaboratoryResult.ReferenceRange from) {
    var range = new ObservationReferenceRangeComponent();
    range.setText(from.text());
    if (from.low() != null) {
      range.setLow(quantity(from.low(), from.unit()));
    }
    if (from.high() != null) {
      range.setHigh(quantity(from.high(), from.unit()));
    }
    return range;
  }

  private static @Nullable Reference subject(@Nullable LaboratoryPatient patient) {
    if (patient == null) {
      return null;
    }
    var reference = new Reference("Patient/" + patient.id());
    if (!patient.identifiers().isEmpty()) {
      reference.setIdentifier(identifier(patient.identifiers().getFirst()));
    }
    return reference;
  }

  private static Identifier identifier(NamedIdentifier from) {
    var identifier = new Identifier();
    if (from.type() != null) {
      identifier.getType().addCoding().setSystem(TABLE_0203).setCode(from.type());
    }
    identifier.setSystem(from.system()).setValue(from.value());
    if (from.assigner() != null) {
      identifier.setAssigner(new Reference().setDisplay(from.assigner()));
    }
    return identifier;
  }

  private static CodeableConcept category(String system, String code) {
    var concept = new CodeableConcept();
    concept.addCoding().setSystem(system).setCode(code);
    return concept;
  }

  private static CodeableConcept concept(CodedText from) {
    var concept = new CodeableConcept();
    for (CodedText.Named named : from.codes()) {
      concept
          .addCoding()
          .setSystem(named.coding().system())
          .setCode(named.coding().code())
          .setDisplay(named.display());
    }
    concept.setText(from.text());
    return concept;
  }

  private static @Nullable Type effective(Effective from) {
    if (from.start() == null) {
      return null;
    }
    if (from.end() == null) {
      return new DateTimeType(from.start());
    }
    return new Period()
        .setStartElement(new DateTimeType(from.start()))
        .setEndElement(new DateTimeType(from.end()));
  }

  private static @Nullable InstantType instant(@Nullable String text) {
    // An instant needs its seconds and its zone; a day is none.
    return text == null || text.length() <= 10 ? null : new InstantType(text);
  }

  private static Attachment attachment(LaboratoryReport.Form form) {
    var attachment = new Attachment().setContentType(form.contentType());
    attachment.setDataElement(new Base64BinaryType(Base64.getDecoder().decode(form.base64())));
    return attachment;
  }
}
