package io.wholechart.source;

import io.wholechart.source.SourceAnswer.Ended;
import io.wholechart.source.SourceCall.Ending;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An upstream system that answers each URL as it was told, and remembers what it was asked. */
final class ScriptedUpstream implements Upstream {
  static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");

  final List<UpstreamRequest> requests = new ArrayList<>();
  private final LinkedHashMap<String, UpstreamAnswer> answers = new LinkedHashMap<>();

  /** Whatever contains this text in its URL is answered so; what was told last is asked first. */
  ScriptedUpstream at(String partOfUrl, UpstreamAnswer answer) {
    answers.putFirst(partOfUrl, answer);
    return this;
  }

  static UpstreamAnswer fhir(String body) {
    return fhir(200, body);
  }

  static UpstreamAnswer fhir(int status, String body) {
    return answer(status, "application/fhir+json", body);
  }

  static UpstreamAnswer answer(int status, String mediaType, String body) {
    return new UpstreamAnswer.Answered(
        status, mediaType, "", body.getBytes(StandardCharsets.UTF_8), AT);
  }

  @Override
  public UpstreamAnswer read(UpstreamRequest request) {
    request.intake().asking(request.attempt());
    requests.add(request);
    return answers.entrySet().stream()
        .filter(answer -> request.url().contains(answer.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody expected " + request.url()));
  }

  List<String> urls() {
    return requests.stream().map(UpstreamRequest::url).toList();
  }

  /** Runs every call of a source, one after the other. */
  static List<Ended> run(List<SourceCall> calls) throws InterruptedException {
    List<Ended> ended = new ArrayList<>();
    for (SourceCall call : calls) {
      var intake = Intakes.of("source");
      ended.add(new Ended(intake, call.run(intake)));
    }
    return ended;
  }

  /** Runs a source's only call. */
  static Ended runOnly(List<SourceCall> calls) throws InterruptedException {
    return run(calls).getFirst();
  }

  static Failure failure(Ended ended) {
    return ((Ending.Broken) ended.ending()).failure();
  }
}
