package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Caller.Answered;
import io.wholechart.hospital.Outage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the FHIR face answers, well or ill, against R4 as an independent validator knows it. */
class FhirFaceValidationIT {
  private static final R4 VALIDATOR = new R4();
  private static final List<String> PATIENTS =
      List.of("p-1001", "p-1002", "p-1003", "p-1005", "p-1007", "p-1008", "p-1010", "p-1011");

  @TempDir static Path directory;
  private static HospitalService service;

  @BeforeAll
  static void start() throws IOException {
    service = HospitalService.start(directory);
  }

  @AfterAll
  static void stop() throws IOException {
    service.close();
  }

  @Test
  void chartsAreValid() throws Exception {
    List<String> errors = new ArrayList<>();
    for (String patient : PATIENTS) {
      validate(service.get(everything(patient)), 200, errors);
    }
    validate(service.get(everything("p-1001") + "?_count=20"), 200, errors);
    validate(service.get(everything("p-1001") + "?_type=Flag"), 200, errors);
    validate(service.get(everything("p-1001") + "?_type=Patient&_format=xml"), 200, errors);
    assertThat(errors).isEmpty();
  }

  @Test
  void chartsWithHolesAreValid() throws Exception {
    List<String> errors = new ArrayList<>();
    String path = everything("p-1002") + "?urgency=emergency";
    for (Outage outage : List.of(Outage.DOWN, Outage.GARBAGE, Outage.THROTTLED, Outage.RESET)) {
      validate(service.getWhile(outage, path, "pharmacy", "lab"), 200, errors);
    }
    validate(service.getWhile(Outage.WRONG_PATIENT, path, "pharmacy"), 200, errors);
    validate(service.getWhile(Outage.DOWN, path, "ehr", "pharmacy", "imaging"), 200, errors);
    assertThat(errors).isEmpty();
  }

  @Test
  void summariesAreValid() throws Exception {
    List<String> errors = new ArrayList<>();
    for (String patient : PATIENTS) {
      validate(service.get(summary(patient)), 200, errors);
    }
    String older = "?profile=http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips%7C1.1.0";
    validate(service.getWhile(Outage.DOWN, summary("p-1002") + older, "ehr"), 200, errors);
    String newer = "?profile=http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips%7C2.0.0";
    validate(service.get(summary("p-1002") + newer), 200, errors);
    validate(service.get(summary("p-1010") + newer), 200, errors);
    validate(service.get(summary("p-1007") + "?_format=xml"), 200, errors);
    String all = summary("p-1002") + "?urgency=emergency";
    validate(service.getWhile(Outage.DOWN, all, "ehr", "pharmacy"), 200, errors);
    validate(service.getWhile(Outage.WRONG_PATIENT, all, "ehr"), 200, errors);
    assertThat(errors).isEmpty();
  }

  @Test
  void mergedPatientsAreValid() throws Exception {
    List<String> errors = new ArrayList<>();
    for (String patient : PATIENTS) {
      validate(service.get("/fhir/Patient/" + patient), 200, errors);
    }
    validate(service.getWhile(Outage.DOWN, "/fhir/Patient/p-1003", "ehr"), 200, errors);
    validate(service.getWhile(Outage.DOWN, "/fhir/Patient/p-1002", "ehr", "lab"), 200, errors);
    String search = "/fhir/Patient?identifier=";
    validate(service.get(search + "p-1001"), 200, errors);
    validate(service.get(search + "p-9999"), 200, errors);
    validate(service.getWhile(Outage.DOWN, search + "urn:x%7Cp-1001", "ehr"), 200, errors);
    validate(service.get(search), 400, errors);
    assertThat(errors).isEmpty();
  }

  @Test
  void errorsAreValid() throws Exception {
    List<String> errors = new ArrayList<>();
    validate(service.get(everything("p_1")), 400, errors);
    validate(service.get(everything("p-1001") + "?_type=x"), 400, errors);
    validate(service.get(everything("p-9999")), 404, errors);
    validate(service.get(everything("p-9999") + "?_format=xml"), 404, errors);
    validate(service.get("/fhir/nothing"), 404, errors);
    validate(service.get(everything("p-1001") + "?_cursor=x"), 410, errors);
    validate(service.get(everything("p-1001") + "?_format=x"), 406, errors);
    validate(service.caller.send("PUT", everything("p-1001")), 405, errors);
    String[] all = {"ehr", "lab", "imaging", "pharmacy"};
    validate(service.getWhile(Outage.DOWN, everything("p-1001"), all), 503, errors);
    assertThat(errors).isEmpty();
  }

  @Test
  void theCapabilityStatementIsValid() throws Exception {
    List<String> errors = new ArrayList<>();
    validate(service.get("/fhir/metadata"), 200, errors);
    validate(service.get("/fhir/metadata?_format=xml"), 200, errors);
    assertThat(errors).isEmpty();
  }

  @Test
  void aValidatorThatObjectsIsHeard() {
    assertThat(VALIDATOR.errors("{\"resourceType\":\"Provenance\",\"x\":1}")).isNotEmpty();
  }

  private static void validate(Answered answered, int status, List<String> errors) {
    assertThat(answered.status()).isEqualTo(status);
    for (String error : VALIDATOR.errors(answered.body())) {
      errors.add(answered.response().uri() + " " + error);
    }
  }

  private static String summary(String patient) {
    return "/fhir/Patient/" + patient + "/$summary";
  }

  private static String everything(String patient) {
    return "/fhir/Patient/" + patient + "/$everything";
  }
}
