package io.wholechart.source;

import static io.wholechart.source.Charts.OUTCOME;
import static io.wholechart.source.Charts.PATIENT;
import static io.wholechart.source.Charts.bundle;
import static io.wholechart.source.Charts.observation;
import static io.wholechart.source.ScriptedUpstream.failure;
import static io.wholechart.source.ScriptedUpstream.fhir;
import static io.wholechart.source.ScriptedUpstream.run;
import static io.wholechart.source.ScriptedUpstream.runOnly;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.SourceId;
import io.wholechart.source.FhirPages.Limits;
import io.wholechart.source.SourceAnswer.Ended;
import io.wholechart.source.SourceCall.Ending;
import io.wholechart.source.SourceSettings.Fetch;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FhirPagesTest {
  private static final URI BASE = URI.create("http://ehr.example:9101/fhir");
  private static final SourceId ID = new SourceId(null, "p-1");

  private final ScriptedUpstream upstream = new ScriptedUpstream();

  @ParameterizedTest
  @CsvSource({
    "http://ehr.example:9101/fhir?_getpages=a&_getpagesoffset=50, http://ehr.example:9101/fhir?_getpages=a&_getpagesoffset=50",
    "http://EHR.example:9101/fhir?page=2, http://EHR.example:9101/fhir?page=2",
    "HTTP://ehr.example:9101/other?page=2, HTTP://ehr.example:9101/other?page=2",
    "Patient?page=2, http://ehr.example:9101/fhir/Patient?page=2",
    "/fhir/Patient?page=2, http://ehr.example:9101/fhir/Patient?page=2",
    "//ehr.example:9101/fhir?page=2, http://ehr.example:9101/fhir?page=2",
    "http://ehr.example:9101/fhir?page=2#top, http://ehr.example:9101/fhir?page=2",
    "http://ehr.example:9101/fhir?page=2&x=é, http://ehr.example:9101/fhir?page=2&x=%C3%A9"
  })
  void aNextPageIsFollowed(String link, String url) throws Exception {
    upstream
        .at("page", fhir(bundle("", observation("o-2"))))
        .at("$everything", fhir(bundle(link, PATIENT, observation("o-1"))));

    Ended ended = everything();

    assertThat(ended.ending()).isEqualTo(new Ending.Whole());
    assertThat(ended.intake().entries()).hasSize(3);
    assertThat(upstream.urls()).hasSize(2).endsWith(url);
  }

  @ParameterizedTest
  @CsvSource({
    "http://ehr.example/fhir, http://ehr.example:80/fhir?page=2",
    "https://ehr.example/fhir, https://ehr.example:443/fhir?page=2",
    "https://ehr.example:443/fhir, https://ehr.example/fhir?page=2"
  })
  void theUsualPortIsTheSameOriginWrittenOrNot(String base, String link) throws Exception {
    upstream
        .at("page", fhir(bundle("", observation("o-2"))))
        .at("$everything", fhir(bundle(link, PATIENT)));
    var source =
        new FhirSource(
            upstream,
            Replicas.only(URI.create(base)),
            new Fetch.Everything(),
            new Limits(5, 10_000, PipelineSettings.PAYLOAD));

    assertThat(runOnly(source.calls(ID)).ending()).isEqualTo(new Ending.Whole());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example/fhir?page=2",
        "http://ehr.example:9102/fhir?page=2",
        "http://ehr.example/fhir?page=2",
        "https://ehr.example:9101/fhir?page=2",
        "//evil.example/fhir?page=2",
        "http://ehr.example:9101@evil.example/fhir?page=2",
        "http://user:secret@ehr.example:9101/fhir?page=2",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "mailto:somebody",
        "http://ehr.example:9101\\@evil.example/",
        "http:// not a url"
      })
  void aNextPageElsewhereIsNeverAskedFor(String link) throws Exception {
    upstream.at("$everything", fhir(bundle(link.replace("\\", "\\\\"), PATIENT)));

    Ended ended = everything();

    assertThat(failure(ended).reason()).isEqualTo(FailureReason.PARTIAL);
    assertThat(failure(ended).detail()).doesNotContain("evil", "169.254");
    assertThat(ended.intake().entries()).hasSize(1);
    assertThat(upstream.requests).hasSize(1);
  }

  @Test
  void pagesThatAreLinkedInACircleEnd() throws Exception {
    String first = BASE + "/Patient/p-1/$everything?_count=250";
    upstream
        .at("$everything", fhir(bundle(BASE + "?page=2", PATIENT)))
        .at("page=2", fhir(bundle(BASE + "?page=3")))
        .at("page=3", fhir(bundle(first)));

    assertThat(failure(everything()).reason()).isEqualTo(FailureReason.PARTIAL);
    assertThat(upstream.requests).hasSize(3);
  }

  @Test
  void aPageThatLinksToItselfEnds() throws Exception {
    String first = BASE + "/Patient/p-1/$everything?_count=250";
    upstream.at("$everything", fhir(bundle(first, PATIENT)));

    assertThat(failure(everything()).reason()).isEqualTo(FailureReason.PARTIAL);
    assertThat(upstream.requests).hasSize(1);
  }

  @Test
  void morePagesThanAreAllowedArePartialAndWhatCameIsKept() throws Exception {
    upstream.at("$everything", fhir(bundle(BASE + "?page=2", PATIENT)));
    for (int page = 2; page < 9; page++) {
      upstream.at(
          "page=" + page, fhir(bundle(BASE + "?page=" + (page + 1), observation("o-" + page))));
    }

    Ended ended = everything();

    assertThat(failure(ended).reason()).isEqualTo(FailureReason.PARTIAL);
    assertThat(upstream.requests).hasSize(5);
    assertThat(ended.intake().entries()).hasSize(5);
  }

  @Test
  void theBytesOfAllPagesCountAgainstTheLimit() throws Exception {
    String page = bundle(BASE + "?page=2", PATIENT);
    upstream.at("$everything", fhir(page)).at("page=2", fhir(bundle("")));

    everything();

    assertThat(upstream.requests.get(0).maxBodyBytes()).isEqualTo(10_000);
    assertThat(upstream.requests.get(1).maxBodyBytes()).isEqualTo(10_000 - page.length());
  }

  @Test
  void aFurtherPageThatFailsLeavesWhatCameBefore() throws Exception {
    upstream
        .at("$everything", fhir(bundle(BASE + "?page=2", PATIENT)))
        .at("page=2", UpstreamAnswer.broken(FailureReason.ERROR, "answered HTTP 500"));

    List<Ended> ended = run(source().calls(ID));

    assertThat(SourceAnswer.of(ended).entries()).hasSize(1);
    assertThat(SourceAnswer.of(ended).status()).isEqualTo("partial");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void aFurtherPageThatIsGoneIsNotAPatientThatIsUnknown(int status) throws Exception {
    upstream
        .at("$everything", fhir(bundle(BASE + "?page=2", PATIENT)))
        .at("page=2", fhir(status, OUTCOME));

    List<Ended> ended = run(source().calls(ID));

    assertThat(SourceAnswer.of(ended)).isInstanceOf(SourceResult.Incomplete.class);
  }

  private Ended everything() throws InterruptedException {
    return runOnly(source().calls(ID));
  }

  private FhirSource source() {
    return new FhirSource(
        upstream,
        Replicas.only(BASE),
        new Fetch.Everything(),
        new Limits(5, 10_000, PipelineSettings.PAYLOAD));
  }
}
