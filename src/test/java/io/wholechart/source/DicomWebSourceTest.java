package io.wholechart.source;

import static io.wholechart.source.ScriptedUpstream.answer;
import static io.wholechart.source.ScriptedUpstream.failure;
import static io.wholechart.source.ScriptedUpstream.runOnly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wholechart.patient.SourceId;
import io.wholechart.source.FhirPages.Limits;
import io.wholechart.source.SourceAnswer.Ended;
import io.wholechart.source.SourceCall.Ending;
import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DicomWebSourceTest {
  private static final URI BASE = URI.create("http://pacs:9103/dicom-web");

  private final ScriptedUpstream upstream = new ScriptedUpstream();

  @Test
  void studiesAreAskedForByPatientIdWithALimit() throws Exception {
    upstream.at("", json(studies(0, 2)));

    Ended ended = ask();

    assertThat(ended.ending()).isEqualTo(new Ending.Whole());
    assertThat(ended.intake().entries()).hasSize(2);
    assertThat(upstream.urls())
        .singleElement()
        .asString()
        .startsWith("http://pacs:9103/dicom-web/studies?PatientID=p-1&includefield=00080005,")
        .contains("0020000D")
        .endsWith("&limit=100&offset=0");
    assertThat(upstream.requests.getFirst().accept()).isEqualTo("application/dicom+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "p-*", "p?1", "p\\1", "p-1\\p-2", "p%2A", "p&x=1", "p 1", "", ".."})
  void anIdThatCouldMatchOthersNeverGetsThisFar(String id) {
    assertThatThrownBy(() -> new SourceId(null, id)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pagesAreAskedForUntilOneIsNotFull() throws Exception {
    upstream
        .at("&offset=0", json(studies(0, 100)))
        .at("&offset=100", json(studies(100, 100)))
        .at("&offset=200", json(studies(200, 1)));

    Ended ended = ask();

    assertThat(ended.ending()).isEqualTo(new Ending.Whole());
    assertThat(ended.intake().entries()).hasSize(201);
    assertThat(upstream.requests).hasSize(3);
    assertThat(upstream.requests.get(2).maxBodyBytes())
        .isLessThan(upstream.requests.get(1).maxBodyBytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204})
  void nothingMoreBehindAFullPageIsTheEnd(int status) throws Exception {
    upstream
        .at("&offset=0", json(studies(0, 100)))
        .at("&offset=100", status == 200 ? json("[]") : answer(204, "", ""));

    assertThat(ask().ending()).isEqualTo(new Ending.Whole());
  }

  @Test
  void noContentIsAPositiveNothing() throws Exception {
    upstream.at("", answer(204, "", ""));

    Ended ended = ask();

    assertThat(ended.ending()).isEqualTo(new Ending.Whole());
    assertThat(ended.intake().entries()).isEmpty();
  }

  @Test
  void anArchiveWithoutPagingSendsAllAtOnceAndIsAskedOnce() throws Exception {
    upstream.at("", json(studies(0, 130)));

    Ended ended = ask();

    assertThat(ended.ending()).isEqualTo(new Ending.Whole());
    assertThat(ended.intake().entries()).hasSize(130);
    assertThat(upstream.requests).hasSize(1);
  }

  @Test
  void anArchiveThatSendsTheSamePageForEveryOffsetIsPartialAndNotAskedOnAndOn() throws Exception {
    upstream.at("", json(studies(0, 100)));

    Ended ended = ask();

    assertThat(failure(ended).reason()).isEqualTo(FailureReason.PARTIAL);
    assertThat(ended.intake().entries()).hasSize(100);
    assertThat(upstream.requests).hasSize(2);
  }

  @Test
  void morePagesThanAreAllowedArePartial() throws Exception {
    for (int page = 0; page < 9; page++) {
      upstream.at("&offset=" + page * 100, json(studies(page * 100, 100)));
    }

    Ended ended = ask();

    assertThat(failure(ended).reason()).isEqualTo(FailureReason.PARTIAL);
    assertThat(upstream.requests).hasSize(4);
    assertThat(ended.intake().entries()).hasSize(400);
  }

  @Test
  void studiesWithoutAUidArePartialAndCountedOverAllPages() throws Exception {
    upstream
        .at("&offset=0", json(studies(0, 98).replaceFirst("]$", ",{},7]")))
        .at("&offset=100", json("[{}]"));

    Ended ended = ask();

    assertThat(failure(ended).reason()).isEqualTo(FailureReason.PARTIAL);
    assertThat(failure(ended).detail()).contains("3 studies");
    assertThat(ended.intake().entries()).hasSize(98);
  }

  @Test
  void whatIsNoListOfStudiesIsNoAnswer() throws Exception {
    assertThat(brokenBy(answer(404, "application/json", "[]"))).isEqualTo(FailureReason.ERROR);
    assertThat(brokenBy(answer(200, "text/html", "[]"))).isEqualTo(FailureReason.INVALID);
    assertThat(brokenBy(answer(200, "", "[]"))).isEqualTo(FailureReason.INVALID);
    assertThat(brokenBy(json(""))).isEqualTo(FailureReason.INVALID);
    assertThat(brokenBy(json("{}"))).isEqualTo(FailureReason.INVALID);
    assertThat(brokenBy(UpstreamAnswer.broken(FailureReason.THROTTLED, "answered HTTP 429")))
        .isEqualTo(FailureReason.THROTTLED);
  }

  private FailureReason brokenBy(UpstreamAnswer answer) throws InterruptedException {
    upstream.at("", answer);
    return failure(ask()).reason();
  }

  private Ended ask() throws InterruptedException {
    return runOnly(
        new DicomWebSource(
                upstream, Replicas.only(BASE), new Limits(4, 1_000_000, PipelineSettings.PAYLOAD))
            .calls(new SourceId(null, "p-1")));
  }

  private static UpstreamAnswer json(String body) {
    return answer(200, "application/dicom+json", body);
  }

  private static String studies(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> "{\"0020000D\":{\"vr\":\"UI\",\"Value\":[\"1.2." + i + "\"]}}")
        .collect(Collectors.joining(",", "[", "]"));
  }
}
