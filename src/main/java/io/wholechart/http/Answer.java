package io.wholechart.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.wholechart.aggregate.Aggregation;
import io.wholechart.http.Problem.Kind;
import io.wholechart.patient.PatientId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response, ready to leave: it is whole before its audit record is written.
 *
 * @param problem what it says went wrong; null where nothing did
 */
record Answer(
    int status,
    String contentType,
    Map<String, String> headers,
    Body body,
    @Nullable Kind problem) {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.sharedBoundedPool()) // see Bounds
          .build();

  static Answer of(Reply reply, Exchange exchange) {
    return switch (reply) {
      case Reply.Failed(Problem problem) -> of(problem, exchange);
      case Reply.Chart chart ->
          new Answer(
              200,
              "application/json",
              headers(exchange, "X-Completeness", completeness(chart.aggregation())),
              ChartJson.write(chart, exchange.requestId(), exchange.elapsed().toMillis()),
              null);
    };
  }

  static Answer of(Problem problem, Exchange exchange) {
    if (exchange.fhir() != null) {
      return FhirAnswer.of(problem, exchange);
    }
    Map<String, String> headers = headers(problem, exchange);
    return new Answer(
        problem.kind().status(),
        "application/problem+json",
        headers,
        Body.of(problemJson(problem, exchange.requestId(), null)),
        problem.kind());
  }

  static Map<String, String> headers(Problem problem, Exchange exchange) {
    Map<String, String> headers = headers(exchange, "X-Content-Type-Options", "nosniff");
    if (problem.kind() == Kind.INSUFFICIENT_SCOPE) {
      headers.put("WWW-Authenticate", "Bearer error=\"insufficient_scope\""); // RFC 6750, 3.1
    }
    problem
        .retryAfter()
        .ifPresent(after -> headers.put("Retry-After", Long.toString(after.toSeconds())));
    return headers;
  }

  /**
   * The answer about one patient of several.
   *
   * @param patient is named also where the answer is a problem, or nobody would know whose it is
   */
  static Answer of(Reply reply, Exchange exchange, PatientId patient) {
    return switch (reply) {
      case Reply.Chart _ -> of(reply, exchange);
      case Reply.Failed(Problem problem) ->
          new Answer(
              problem.kind().status(),
              "application/problem+json",
              Map.of(),
              Body.of(problemJson(problem, exchange.requestId(), patient)),
              problem.kind());
    };
  }

  static Map<String, String> headers(Exchange exchange, String name, String value) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Request-Id", exchange.requestId());
    headers.put("Cache-Control", "no-store");
    headers.put(name, value);
    return headers;
  }

  /** What {@code X-Completeness} says. */
  static String completeness(Aggregation aggregation) {
    var completeness = aggregation.completeness();
    String share = ChartJson.share(completeness.share());
    return share
        + named("missing", completeness.missing())
        + named("withheld", completeness.withheld());
  }

  private static String named(String parameter, List<String> names) {
    return names.isEmpty() ? "" : "; " + parameter + "=\"" + String.join(",", names) + "\"";
  }

  /** RFC 9457, section 3. */
  private static byte[] problemJson(
      Problem problem, String requestId, @Nullable PatientId patient) {
    var out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("type", problem.kind().type());
      json.writeStringField("title", problem.kind().title());
      json.writeNumberField("status", problem.kind().status());
      json.writeStringField("detail", problem.detail());
      json.writeStringField("requestId", requestId);
      if (patient != null) {
        json.writeStringField("patientId", patient.value());
      }
      for (var member : problem.members().entrySet()) {
        json.writeArrayFieldStart(member.getKey());
        for (String value : member.getValue()) {
          json.writeString(value);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // in memory: cannot be
    }
    return out.toByteArray();
  }
}
