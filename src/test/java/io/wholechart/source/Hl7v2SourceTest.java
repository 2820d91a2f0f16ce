package io.wholechart.source;

import static io.wholechart.source.ScriptedUpstream.answer;
import static io.wholechart.source.ScriptedUpstream.failure;
import static io.wholechart.source.ScriptedUpstream.runOnly;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.SourceId;
import io.wholechart.source.FhirPages.Limits;
import io.wholechart.source.SourceAnswer.Ended;
import io.wholechart.source.SourceCall.Ending;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Hl7v2SourceTest {
  private static final String RESULT =
      """
      MSH|^~\\&|LAB|HOSP|||20261001120000+0200||ORU^R01|M1|P|2.5.1
      PID|1||p-1^^^HOSP^PI||Doe^Jane
      OBX|1|ST|882-1^Group^LN||größer|||||F
      """;

  private final ScriptedUpstream upstream = new ScriptedUpstream();

  @Test
  void theIdGoesWhereThePathSays() throws Exception {
    upstream.at("", answer(200, "application/hl7-v2", RESULT));
    var source =
        new Hl7v2Source(
            upstream, URI.create("http://lab:9102"), "/r/{id}?p={id}&a=b%20c", limits(500));

    runOnly(source.calls(new SourceId(null, "p-1")));

    assertThat(upstream.urls()).containsExactly("http://lab:9102/r/p-1?p=p-1&a=b%20c");
    assertThat(upstream.requests.getFirst().accept()).contains("application/hl7-v2");
    assertThat(upstream.requests.getFirst().maxBodyBytes()).isEqualTo(500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/hl7-v2",
        "x-application/hl7-v2+er7",
        "text/plain",
        "application/octet-stream",
        ""
      })
  void messagesAreReadAsOfTheTimeThatTheyWereMade(String mediaType) throws Exception {
    Ended ended = ask(answer(200, mediaType, RESULT));

    assertThat(ended.ending()).isEqualTo(new Ending.Whole());
    assertThat(ended.intake().entries()).hasSize(2);
    assertThat(ended.intake().asOf()).isEqualTo(Instant.parse("2026-10-01T10:00:00Z"));
  }

  @Test
  void anEmptyBatchIsAPositiveNothingAsOfItsAnswer() throws Exception {
    Ended ended = ask(answer(200, "text/plain", "BHS|^~\\&|LAB\rBTS|0\r"));

    assertThat(ended.ending()).isEqualTo(new Ending.Whole());
    assertThat(ended.intake().entries()).isEmpty();
    assertThat(ended.intake().asOf()).isEqualTo(ScriptedUpstream.AT);
  }

  @Test
  void aMessageThatCannotBeReadMakesItPartialAndIsCounted() throws Exception {
    Ended ended = ask(answer(200, "text/plain", RESULT + "MSH|^~\\&|LAB\r" + RESULT));

    assertThat(failure(ended).reason()).isEqualTo(FailureReason.PARTIAL);
    assertThat(failure(ended).detail()).contains("1 of 3 messages");
    assertThat(ended.intake().entries()).hasSize(4);
  }

  @Test
  void whatIsNoHl7IsNoAnswer() throws Exception {
    assertThat(failure(ask(answer(200, "text/plain", ""))).reason())
        .isEqualTo(FailureReason.INVALID);
    assertThat(failure(ask(answer(200, "text/plain", "Please log in"))).reason())
        .isEqualTo(FailureReason.INVALID);
    assertThat(failure(ask(answer(200, "text/html", RESULT))).reason())
        .isEqualTo(FailureReason.INVALID);
    assertThat(failure(ask(answer(404, "text/plain", RESULT))).reason())
        .isEqualTo(FailureReason.ERROR);
    assertThat(failure(ask(answer(204, "", ""))).reason()).isEqualTo(FailureReason.INVALID);
  }

  @Test
  void aFailureOfTheCallIsTheFailure() throws Exception {
    var broken = new Failure(FailureReason.THROTTLED, "answered HTTP 429");

    assertThat(failure(ask(new UpstreamAnswer.Broken(broken)))).isEqualTo(broken);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iso-8859-1", "no such thing", ""})
  void theTransportsCharacterSetIsUsedWhereItIsOne(String charset) throws Exception {
    Ended ended =
        ask(
            new UpstreamAnswer.Answered(
                200,
                "text/plain",
                charset,
                RESULT.getBytes(StandardCharsets.ISO_8859_1),
                ScriptedUpstream.AT));

    assertThat(ended.intake().entries().getLast().bytes().json()).contains("größer");
  }

  private Ended ask(UpstreamAnswer answer) throws InterruptedException {
    upstream.at("", answer);
    var source =
        new Hl7v2Source(upstream, URI.create("http://lab:9102"), "/r?p={id}", limits(100_000));
    return runOnly(source.calls(new SourceId(null, "p-1")));
  }

  private static Limits limits(int maxBytes) {
    return new Limits(1, maxBytes, PipelineSettings.PAYLOAD);
  }
}
