package io.wholechart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wholechart.dicom.QidoReader;
import io.wholechart.dicom.QidoReading;
import io.wholechart.fhir.FhirPayload;
import io.wholechart.fhir.PayloadReader;
import io.wholechart.fhir.Resource;
import io.wholechart.hl7v2.Hl7v2Reader;
import io.wholechart.hl7v2.Hl7v2Reading;
import io.wholechart.identity.Identity;
import io.wholechart.identity.Identity.Checked;
import io.wholechart.identity.SuspectRule;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.Section;
import io.wholechart.patient.SourceId;
import io.wholechart.source.Received;
import io.wholechart.source.SourceReport;
import io.wholechart.source.SourceResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the four sources of the stub hospital send of one patient: {@code small} is p-1001 with some
 * 24 resources in the EHR, {@code large} p-1006 with 518.
 */
public final class Payloads {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path STUBS = Path.of("stubs");
  private static final Instant NOW = Instant.parse("2026-02-03T12:00:00Z");

  private final PatientId id;

  private Payloads(String id) {
    this.id = new PatientId(id);
  }

  public static Payloads of(String size) {
    return switch (size) {
      case "small" -> new Payloads("p-1001");
      case "large" -> new Payloads("p-1006");
      default -> throw new IllegalArgumentException(size);
    };
  }

  public PatientId id() {
    return id;
  }

  /** The whole chart of the EHR as one Bundle, however many pages the stub has of it. */
  public byte[] ehr() throws IOException {
    return bundle("ehr", id.value() + "(-page-[0-9]+)?\\.json");
  }

  public byte[] lab() throws IOException {
    return Files.readAllBytes(STUBS.resolve("lab/__files/" + id.value() + ".hl7"));
  }

  public byte[] imaging() throws IOException {
    return Files.readAllBytes(STUBS.resolve("imaging/__files/" + id.value() + ".json"));
  }

  /** Dispenses, requests and the patient, which the service reads as three answers. */
  public byte[] pharmacy() throws IOException {
    return bundle("pharmacy", id.value() + "-[A-Z].*\\.json");
  }

  /** What the sources reported, before anybody has looked whose it is. */
  public List<SourceReport> reports() throws IOException, InterruptedException {
    var lab = (Hl7v2Reading.Read) new Hl7v2Reader().read(lab(), null);
    var imaging = (QidoReading.Read) new QidoReader().read(imaging());
    return List.of(
        report("ehr", EnumSet.complementOf(EnumSet.of(Section.IMAGING)), resources(ehr())),
        report("lab", Set.of(Section.RESULTS), lab.resources()),
        report("imaging", Set.of(Section.IMAGING), imaging.studies()),
        report("pharmacy", Set.of(Section.MEDICATIONS), resources(pharmacy())));
  }

  /** The reports after the identity check. */
  public List<SourceReport> verified() throws IOException, InterruptedException {
    return Identity.check(reports(), SuspectRule.WITHHOLD).stream().map(Checked::report).toList();
  }

  public static List<Entry> entries(List<SourceReport> reports) {
    return reports.stream().flatMap(report -> report.result().entries().stream()).toList();
  }

  private static byte[] bundle(String source, String files) throws IOException {
    ObjectNode bundle = JSON.createObjectNode().put("resourceType", "Bundle");
    ArrayNode entries = bundle.put("type", "searchset").putArray("entry");
    try (Stream<Path> all = Files.list(STUBS.resolve(source).resolve("__files"))) {
      for (Path page :
          all.filter(file -> file.getFileName().toString().matches(files)).sorted().toList()) {
        for (JsonNode entry : JSON.readTree(page.toFile()).path("entry")) {
          entries.add(entry);
        }
      }
    }
    return JSON.writeValueAsBytes(bundle);
  }

  private static List<Resource> resources(byte[] body) throws InterruptedException {
    return ((FhirPayload.Bundle) PayloadReader.read(body)).resources();
  }

  private SourceReport report(String source, Set<Section> sections, List<Resource> resources) {
    List<Entry> entries =
        resources.stream()
            .map(r -> new Entry(source, r.bytes(), r.facts(), NOW, IdentityVerdict.UNVERIFIED))
            .toList();
    return new SourceReport(
        source,
        sections,
        new SourceResult.Complete(entries),
        Duration.ofMillis(41),
        1,
        NOW,
        SourceId.same(id, null),
        null,
        Received.NOTHING);
  }
}
