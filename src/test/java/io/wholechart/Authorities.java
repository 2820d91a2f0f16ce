package io.wholechart;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.wholechart.aggregate.IdentitySettings;
import io.wholechart.crosswalk.CrosswalkSettings;
import io.wholechart.crosswalk.CrosswalkSettings.Type;
import io.wholechart.identity.SuspectRule;
import io.wholechart.patient.Section;
import io.wholechart.source.SourceSettings;
import io.wholechart.source.SourceSettings.Fetch;
import io.wholechart.source.SourceSettings.Protocol;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A hospital whose systems number one patient each in its own way: {@code p-1} for callers is
 * {@code 77} in the EHR, {@code L:77/a} in the laboratory, {@code I_5+x} in the archive.
 */
final class Authorities implements AutoCloseable {
  static final String CALLERS = "urn:oid:1.2.1";
  static final String EHR = "urn:oid:1.2.2";
  static final String LAB = "urn:oid:1.2.3";
  static final String PACS = "https://pacs.example/ids?a=b";

  private static final String PATIENT =
      """
      {"resourceType":"Patient","id":"%s","identifier":[{"system":"urn:oid:1.2.2","value":"%s"}],
       "name":[{"family":"Okoye","given":["Ada"]}],"birthDate":"1980-05-04","gender":"female"}
      """;

  final WireMockServer http = new WireMockServer(options().dynamicPort());

  Authorities() {
    http.start();
    http.stubFor(any(anyUrl()).atPriority(10).willReturn(aResponse().withStatus(500)));
    stub(
        get(urlPathEqualTo("/ehr/Patient/77/$everything")),
        fhir(
            """
            {"resourceType":"Bundle","type":"searchset","entry":[{"resource":%s},
              {"resource":{"resourceType":"Condition","subject":{"reference":"Patient/77"}}}]}
            """
                .formatted(PATIENT.formatted("77", "77"))));
    stub(
        get(urlEqualTo("/lab?patient=L%3A77%2Fa")),
        aResponse()
            .withHeader("Content-Type", "application/hl7-v2")
            .withBody(
                String.join(
                    "\r",
                    "MSH|^~\\&|LAB|X|W|X|20260101||ORU^R01|1|P|2.5.1",
                    "PID|1||L:77/a^^^LAB||Okoye^Ada||19800504|F",
                    "OBR|1||1|K^Potassium^L",
                    "OBX|1|NM|K^Potassium^L||4.1|mmol/L|||||F",
                    "")));
    stub(
        get(urlPathEqualTo("/pacs/studies")).withQueryParam("PatientID", equalTo("I_5+x")),
        aResponse()
            .withHeader("Content-Type", "application/dicom+json")
            .withBody(
                """
                [{"0020000D":{"vr":"UI","Value":["1.2.3"]},"00100020":{"vr":"LO","Value":["I_5+x"]},
                  "00100010":{"vr":"PN","Value":[{"Alphabetic":"OKOYE^ADA"}]},
                  "00100030":{"vr":"DA","Value":["19800504"]},"00100040":{"vr":"CS","Value":["F"]}}]
                """));
  }

  /** Answers instead of what was there. */
  void stub(MappingBuilder request, ResponseDefinitionBuilder answer) {
    http.stubFor(request.willReturn(answer));
  }

  static ResponseDefinitionBuilder fhir(String body) {
    return aResponse().withHeader("Content-Type", "application/fhir+json").withBody(body);
  }

  /** What the service is to answer about the counterparts in one system. */
  void pix(String targetSystem, ResponseDefinitionBuilder answer) {
    stub(
        get(urlPathEqualTo("/mpi/Patient/$ihe-pix"))
            .withQueryParam("sourceIdentifier", equalTo(CALLERS + "|p-1"))
            .withQueryParam("targetSystem", equalTo(targetSystem)),
        answer);
  }

  /** FHIR Parameters with an identifier of this system for each value. */
  static ResponseDefinitionBuilder targets(String system, String... values) {
    var parameters = new StringBuilder();
    for (String value : values) {
      parameters
          .append(parameters.isEmpty() ? "" : ",")
          .append(
              "{\"name\":\"targetIdentifier\",\"valueIdentifier\":{\"system\":\"%s\",\"value\":\"%s\"}}"
                  .formatted(system, value));
    }
    return fhir("{\"resourceType\":\"Parameters\",\"parameter\":[" + parameters + "]}");
  }

  /** A service that finds the ids in the table in this folder. */
  Service linkedByFile(Path directory, String rows) throws IOException {
    writeTable(directory, rows);
    return start(directory, TestSettings.crosswalk(Type.CSV, CALLERS, table(directory), null));
  }

  /** A service that asks the index for the ids. */
  Service linkedByService(Path directory) throws IOException {
    URI index = URI.create(http.baseUrl() + "/mpi/");
    return start(directory, TestSettings.crosswalk(Type.PIXM, CALLERS, null, index));
  }

  static void writeTable(Path directory, String rows) throws IOException {
    Files.writeString(table(directory), "id," + EHR + "," + LAB + "," + PACS + "\n" + rows);
  }

  private static Path table(Path directory) {
    return directory.resolve("ids.csv");
  }

  private Service start(Path directory, CrosswalkSettings crosswalk) throws IOException {
    var identity = new IdentitySettings(SuspectRule.WITHHOLD, crosswalk);
    return Service.start(TestSettings.of(directory, sources(), identity));
  }

  Map<String, SourceSettings> sources() {
    Map<String, SourceSettings> sources = new LinkedHashMap<>();
    sources.put(
        "ehr", source(Protocol.FHIR, "/ehr", null, new Fetch.Everything(), Section.PATIENT, EHR));
    sources.put("lab", source(Protocol.HL7V2, "", "/lab?patient={id}", null, Section.RESULTS, LAB));
    sources.put("imaging", source(Protocol.DICOMWEB, "/pacs", null, null, Section.IMAGING, PACS));
    return sources;
  }

  SourceSettings source(
      Protocol protocol,
      String path,
      @Nullable String query,
      @Nullable Fetch fetch,
      Section section,
      String idSystem) {
    return TestSettings.source(
        protocol, http.baseUrl() + path, query, fetch, Set.of(section), idSystem);
  }

  List<String> asked(String path) {
    return http.getAllServeEvents().stream()
        .map(event -> event.getRequest().getUrl())
        .filter(url -> url.startsWith(path))
        .toList();
  }

  @Override
  public void close() {
    http.stop();
  }
}
