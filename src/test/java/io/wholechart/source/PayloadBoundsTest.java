package io.wholechart.source;

import static io.wholechart.source.ScriptedUpstream.failure;
import static io.wholechart.source.ScriptedUpstream.runOnly;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.fhir.Bounds;
import io.wholechart.patient.SourceId;
import io.wholechart.source.FhirPages.Limits;
import io.wholechart.source.SourceAnswer.Ended;
import io.wholechart.source.SourceSettings.Fetch;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Five entries, ten levels, a hundred characters: whatever a body of few bytes is made of. */
class PayloadBoundsTest {
  private static final Limits LIMITS = new Limits(10, 1_000_000, new Bounds(5, 10, 100));
  private static final Replicas BASE = Replicas.only(URI.create("http://s"));
  private static final SourceId ID = new SourceId(null, "p-1");
  private static final String ENTRY = "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"%s\"}}";
  private static final String STUDY = "{\"0020000D\":{\"vr\":\"UI\",\"Value\":[\"1.2.%s\"]}}";

  private final ScriptedUpstream upstream = new ScriptedUpstream();

  @Test
  void entriesOfAllPagesAreCounted() throws Exception {
    upstream.at("everything", ScriptedUpstream.fhir(bundle("http://s/2", 3)));
    upstream.at("http://s/2", ScriptedUpstream.fhir(bundle(null, 3)));
    Ended ended = chart();

    assertThat(failure(ended).reason()).isEqualTo(FailureReason.OVER_LIMIT);
    assertThat(ended.intake().entries()).hasSize(3);
  }

  @Test
  void whatFitsIsRead() throws Exception {
    upstream.at("everything", ScriptedUpstream.fhir(bundle("http://s/2", 3)));
    upstream.at("http://s/2", ScriptedUpstream.fhir(bundle(null, 2)));

    assertThat(chart().ending()).isEqualTo(new SourceCall.Ending.Whole());
  }

  @Test
  void entriesWithoutAResourceCountAsWell() throws Exception {
    String hollow = "{},".repeat(5) + "{}";
    upstream.at(
        "everything",
        ScriptedUpstream.fhir("{\"resourceType\":\"Bundle\",\"entry\":[" + hollow + "]}"));

    assertThat(failure(chart()).reason()).isEqualTo(FailureReason.OVER_LIMIT);
  }

  @Test
  void whatIsNestedTooDeeplyIsInvalid() throws Exception {
    String deep = "[".repeat(11) + "]".repeat(11);
    upstream.at(
        "everything", ScriptedUpstream.fhir("{\"resourceType\":\"Bundle\",\"x\":" + deep + "}"));
    upstream.at("studies", ScriptedUpstream.answer(200, "application/dicom+json", deep));

    assertThat(failure(chart()).reason()).isEqualTo(FailureReason.INVALID);
    assertThat(failure(studies()).reason()).isEqualTo(FailureReason.INVALID);
  }

  @Test
  void aStringThatIsTooLongIsInvalid() throws Exception {
    String id = "x".repeat(100_000);
    upstream.at(
        "everything",
        ScriptedUpstream.fhir(
            "{\"resourceType\":\"Bundle\",\"entry\":[" + ENTRY.formatted(id) + "]}"));
    upstream.at(
        "studies",
        ScriptedUpstream.answer(200, "application/dicom+json", "[" + STUDY.formatted(id) + "]"));

    assertThat(failure(chart()).reason()).isEqualTo(FailureReason.INVALID);
    assertThat(failure(studies()).reason()).isEqualTo(FailureReason.INVALID);
  }

  @Test
  void studiesAreCounted() throws Exception {
    String six = (STUDY.formatted(1) + ",").repeat(5) + STUDY.formatted(1);
    upstream.at("studies", ScriptedUpstream.answer(200, "application/dicom+json", "[" + six + "]"));

    assertThat(failure(studies()).reason()).isEqualTo(FailureReason.OVER_LIMIT);
  }

  @Test
  void aTreeOfNothingIsNotBuilt() throws Exception {
    String bomb = "[" + "[],".repeat(300_000) + "[]]";
    upstream.at("studies", ScriptedUpstream.answer(200, "application/dicom+json", bomb));

    assertThat(failure(studies()).reason()).isEqualTo(FailureReason.INVALID);
  }

  @Test
  void segmentsAreCounted() throws Exception {
    String message =
        "MSH|^~\\&|LAB|HOSP|||20261001120000+0200||ORU^R01|M1|P|2.5.1\rPID|1||p-1\r"
            + "OBX|1|ST|882-1^Group^LN||A|||||F\r".repeat(3);
    upstream.at("/r", ScriptedUpstream.answer(200, "text/plain", message));
    assertThat(runOnly(results()).ending()).isEqualTo(new SourceCall.Ending.Whole());
    upstream.at("/r", ScriptedUpstream.answer(200, "text/plain", message + "NTE|1||more\r"));

    assertThat(failure(runOnly(results())).reason()).isEqualTo(FailureReason.OVER_LIMIT);
  }

  private Ended chart() throws InterruptedException {
    return runOnly(new FhirSource(upstream, BASE, new Fetch.Everything(), LIMITS).calls(ID));
  }

  private Ended studies() throws InterruptedException {
    return runOnly(new DicomWebSource(upstream, BASE, LIMITS).calls(ID));
  }

  private List<SourceCall> results() {
    return new Hl7v2Source(upstream, BASE.primary(), "/r?p={id}", LIMITS).calls(ID);
  }

  private static String bundle(String next, int entries) {
    String link =
        next == null ? "" : "\"link\":[{\"relation\":\"next\",\"url\":\"" + next + "\"}],";
    var text = new StringBuilder("{\"resourceType\":\"Bundle\"," + link + "\"entry\":[");
    for (int i = 0; i < entries; i++) {
      text.append(i == 0 ? "" : ",").append(ENTRY.formatted(next == null ? "b" + i : "a" + i));
    }
    return text.append("]}").toString();
  }
}
