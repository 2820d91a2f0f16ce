package io.wholechart.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.source.FhirPages.Limits;
import io.wholechart.source.FhirPages.WithoutPatient;
import io.wholechart.source.SourceCall.Ending;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Bundle that is well-formed and lacks something is not taken for all there is. */
class PartialPagesTest {
  private static final String RESOURCE = "{\"resource\":{\"resourceType\":\"Basic\"}}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"link\":[{\"relation\":\"next\"}]",
        "\"link\":[{\"relation\":\"next\",\"url\":\"\"}]",
        "\"link\":[{\"relation\":\"next\",\"url\":\"http://elsewhere/\"}]",
        "\"total\":2",
        "\"total\":99999999999",
        "\"entry\":[{\"fullUrl\":\"x\"}]",
        "\"entry\":[{\"resource\":null}]",
        "\"entry\":[{\"resource\":{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\"}]}}]",
        "\"entry\":[{\"resource\":{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"warning\",\"code\":\"incomplete\"}]}}]",
        "\"entry\":[{\"resource\":{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"information\",\"code\":\"suppressed\"}]}}]",
        "\"meta\":{\"tag\":[{\"code\":\"SUBSETTED\"}]}"
      })
  void itIsPartialAndWhatCameIsKept(String flaw) throws Exception {
    var intake = Intakes.of("ehr");
    Ending ending =
        read("{\"resourceType\":\"Bundle\",\"entry\":[" + RESOURCE + "]," + flaw + "}", intake);
    assertThat(ending)
        .isInstanceOfSatisfying(
            Ending.Broken.class,
            broken -> assertThat(broken.failure().reason()).isEqualTo(FailureReason.PARTIAL));
    assertThat(intake.entries()).hasSize(1);
  }

  /** A total counts matches (R4, section 3.1.1.5.5), and what came along makes up for none. */
  @Test
  void whatIsIncludedMakesUpForNoMatch() throws Exception {
    String included = RESOURCE.replace("}}", "},\"search\":{\"mode\":\"include\"}}");
    String bundle = "{\"resourceType\":\"Bundle\",\"entry\":[%s,%s],\"total\":%d}";
    assertThat(read(bundle.formatted(RESOURCE, included, 1), Intakes.of("ehr")))
        .isEqualTo(new Ending.Whole());
    assertThat(read(bundle.formatted(RESOURCE, included, 2), Intakes.of("ehr")))
        .isInstanceOf(Ending.Broken.class);
  }

  @Test
  void withoutAFlawItIsWhole() throws Exception {
    String whole = "{\"resourceType\":\"Bundle\",\"total\":1,\"entry\":[" + RESOURCE + "]}";
    assertThat(read(whole, Intakes.of("ehr"))).isEqualTo(new Ending.Whole());
  }

  private static Ending read(String body, Intake intake) throws InterruptedException {
    Upstream upstream =
        _ ->
            new UpstreamAnswer.Answered(
                200, "application/fhir+json", "", body.getBytes(UTF_8), Instant.EPOCH);
    return new FhirPages(
            upstream,
            Replicas.only(URI.create("http://ehr/fhir")),
            "http://ehr/fhir/Basic",
            new Limits(5, 1 << 20, PipelineSettings.PAYLOAD),
            WithoutPatient.IS_FINE)
        .run(intake);
  }
}
