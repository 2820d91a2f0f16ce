package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import io.wholechart.hospital.Outage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseOperationOutcome;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HAPI's generic client, which knows nothing of us, as it comes. */
class HapiClientIT {
  private static final FhirContext R4 = FhirContext.forR4Cached();

  @TempDir static Path directory;
  private static HospitalService service;
  private static IGenericClient client;

  @BeforeAll
  static void start() throws IOException {
    service = HospitalService.start(directory);
    client = R4.newRestfulGenericClient("http://127.0.0.1:" + service.service.port() + "/fhir");
  }

  @AfterAll
  static void stop() throws IOException {
    service.close();
  }

  @Test
  void itReadsTheCapabilities() {
    CapabilityStatement statement =
        client.capabilities().ofType(CapabilityStatement.class).execute();

    assertThat(statement.getFhirVersion().toCode()).isEqualTo("4.0.1");
    var patient =
        statement.getRestFirstRep().getResource().stream()
            .filter(r -> r.getType().equals("Patient"))
            .findFirst()
            .orElseThrow();
    assertThat(patient.getOperation())
        .anySatisfy(operation -> {
          assertThat(operation.getName()).isEqualTo("everything");
          assertThat(operation.getDefinition())
              .isEqualTo("http://hl7.org/fhir/OperationDefinition/Patient-everything");
        });
  }

  @Test
  void itGetsTheSummary() {
    Bundle bundle =
        client
            .operation()
            .onInstance(new IdType("Patient", "p-1001"))
            .named("$summary")
            .withNoParameters(Parameters.class)
            .returnResourceType(Bundle.class)
            .execute();

    assertThat(bundle.getType()).isEqualTo(Bundle.BundleType.DOCUMENT);
    var composition = (Composition) bundle.getEntryFirstRep().getResource();
    assertThat(composition.getSubject().getResource()).isInstanceOf(Patient.class);
    for (Composition.SectionComponent section : composition.getSection()) {
      assertThat(section.getText().getDivAsString()).isNotBlank();
      for (Reference entry : section.getEntry()) {
        assertThat(entry.getResource()).as(entry.getReference()).isNotNull();
      }
    }
    assertThat(composition.getSectionFirstRep().getTitle()).startsWith("Allergies");
  }

  @Test
  void itReadsAndFindsThePatient() {
    Patient patient = client.read().resource(Patient.class).withId("p-1001").execute();
    assertThat(patient.getLink()).hasSize(3);
    assertThat(patient.getIdentifier()).isNotEmpty();

    Identifier stated = patient.getIdentifier().getLast();
    Bundle found =
        client
            .search()
            .forResource(Patient.class)
            .where(
                Patient.IDENTIFIER
                    .exactly()
                    .systemAndIdentifier(stated.getSystem(), stated.getValue()))
            .returnBundle(Bundle.class)
            .execute();
    assertThat(found.getTotal()).isOne();
    assertThat(found.getEntryFirstRep().getResource().getIdPart()).isEqualTo("p-1001");
  }

  @Test
  void itGetsEverythingAndFollowsThePages() {
    Bundle page =
        everything("p-1006", new Parameters().addParameter("_count", new IntegerType(100)));
    int total = page.getTotal();
    List<String> matches = new ArrayList<>(matches(page));
    int pages = 1;
    while (page.getLink(Bundle.LINK_NEXT) != null) {
      page = client.loadPage().next(page).execute();
      matches.addAll(matches(page));
      pages++;
    }

    assertThat(pages).isGreaterThan(5);
    assertThat(matches).hasSize(total).doesNotHaveDuplicates();
    assertThat(total).isGreaterThan(500);
  }

  @Test
  void itGetsEverythingByGetAndInXml() {
    Bundle bundle =
        client
            .operation()
            .onInstance(new IdType("Patient", "p-1001"))
            .named("$everything")
            .withNoParameters(Parameters.class)
            .useHttpGet()
            .returnResourceType(Bundle.class)
            .encoded(EncodingEnum.XML)
            .execute();

    assertThat(matches(bundle)).contains("Patient/ehr.p-1001", "Patient/pharmacy.p-1001");
    var patient = (Patient) bundle.getEntryFirstRep().getResource();
    assertThat(patient.getMeta().getSource()).isEqualTo("urn:wholechart:source:ehr");
  }

  @Test
  void itSeesWhatIsMissing() throws Exception {
    service.hospital.outage("imaging", Outage.DOWN);
    try {
      Bundle bundle = everything("p-1001", new Parameters());
      OperationOutcome outcome =
          bundle.getEntry().stream()
              .filter(e -> e.getSearch().getMode() == SearchEntryMode.OUTCOME)
              .map(e -> (OperationOutcome) e.getResource())
              .findFirst()
              .orElseThrow();
      assertThat(outcome.getIssue())
          .extracting(OperationOutcome.OperationOutcomeIssueComponent::getCode)
          .containsExactly(IssueType.INCOMPLETE, IssueType.TRANSIENT);
      assertThat(bundle.hasTotal()).isFalse();
    } finally {
      service.hospital.heal();
    }
  }

  @Test
  void itUnderstandsTheErrors() {
    assertThatThrownBy(() -> everything("p-9999", new Parameters()))
        .isInstanceOfSatisfying(
            ResourceNotFoundException.class,
            e -> assertOutcome(e.getOperationOutcome(), IssueType.NOTFOUND));
    assertThatThrownBy(() -> everything("p-1001", new Parameters().addParameter("unheardOf", "x")))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e -> assertOutcome(e.getOperationOutcome(), IssueType.VALUE));
    assertThatThrownBy(() -> everything("p-1001", new Parameters().addParameter("_cursor", "x")))
        .isInstanceOf(ResourceGoneException.class);
  }

  private static Bundle everything(String patient, Parameters parameters) {
    return client
        .operation()
        .onInstance(new IdType("Patient", patient))
        .named("$everything")
        .withParameters(parameters)
        .returnResourceType(Bundle.class)
        .execute();
  }

  private static List<String> matches(Bundle bundle) {
    return bundle.getEntry().stream()
        .filter(e -> e.getSearch().getMode() == SearchEntryMode.MATCH)
        .map(e -> e.getResource().getIdElement().toUnqualifiedVersionless().getValue())
        .toList();
  }

  private static void assertOutcome(IBaseOperationOutcome outcome, IssueType code) {
    assertThat(((OperationOutcome) outcome).getIssueFirstRep().getCode()).isEqualTo(code);
  }
}
