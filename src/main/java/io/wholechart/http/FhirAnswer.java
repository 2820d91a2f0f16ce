package io.wholechart.http;

import io.wholechart.fhir.OperationOutcomeJson;
import io.wholechart.fhir.OperationOutcomeJson.Detail;
import io.wholechart.fhir.OperationOutcomeJson.Issue;
import io.wholechart.fhir.XmlFormat;
import io.wholechart.http.Problem.Kind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Responses of the FHIR routes: a resource always, an OperationOutcome for every error. */
final class FhirAnswer {
  private static final String PROBLEM = "urn:wholechart:problem";

  private FhirAnswer() {}

  static Answer of(FhirReply reply, Exchange exchange) {
    return switch (reply) {
      case FhirReply.Failed(Problem problem) -> of(problem, exchange);
      case FhirReply.Resource(Body json, String completeness) ->
          resource(
              200, json, Answer.headers(exchange, "X-Completeness", completeness), null, exchange);
      case FhirReply.Conformance(Body json) ->
          resource(
              200,
              json,
              Answer.headers(exchange, "X-Content-Type-Options", "nosniff"),
              null,
              exchange);
    };
  }

  static Answer of(Problem problem, Exchange exchange) {
    var issue =
        new Issue(
            "error",
            issueType(problem.kind()),
            new Detail(PROBLEM, problem.kind().key()),
            problem.kind().title() + ": " + problem.detail());
    byte[] json = OperationOutcomeJson.write(exchange.requestId(), null, List.of(issue));
    return resource(
        problem.kind().status(),
        Body.of(json),
        Answer.headers(problem, exchange),
        problem.kind(),
        exchange);
  }

  private static Answer resource(
      int status,
      Body json,
      Map<String, String> headers,
      @Nullable Kind problem,
      Exchange exchange) {
    FhirFormat format = Objects.requireNonNull(exchange.fhir());
    return switch (format) {
      case JSON -> new Answer(status, format.contentType(), headers, json, problem);
      case XML -> {
        Optional<byte[]> xml = XmlFormat.of(json.toByteArray());
        yield xml.isPresent()
            ? new Answer(status, format.contentType(), headers, Body.of(xml.get()), problem)
            : of(inexpressible(), exchange.in(FhirFormat.JSON));
      }
    };
  }

  private static Problem inexpressible() {
    return Problem.of(
        Kind.NOT_ACCEPTABLE,
        "a source sent what cannot be put into XML without loss; ask for "
            + FhirFormat.JSON.mediaType());
  }

  /** R4's code (OperationOutcome.issue.code) for a problem. */
  private static String issueType(Kind kind) {
    return switch (kind) {
      case BAD_ID, BAD_PARAMETER, BAD_BREAK_GLASS -> "value";
      case BAD_REQUEST, BAD_BODY -> "structure";
      case TOO_LARGE, URI_TOO_LONG -> "too-long";
      case LENGTH_REQUIRED -> "required";
      case CHART_TOO_LARGE -> "too-costly";
      case NO_SUCH_PATH, PATIENT_NOT_FOUND, PAGE_GONE -> "not-found";
      case NO_AUDITOR, INSUFFICIENT_SCOPE, OTHER_PATIENT, NO_EMERGENCY, NO_BREAK_GLASS ->
          "forbidden";
      case SECTION_WITHHELD -> "suppressed";
      case BAD_AUTHORIZATION, NOT_AUTHENTICATED -> "login";
      case METHOD_NOT_ALLOWED, NOT_ACCEPTABLE, UNSUPPORTED_MEDIA_TYPE -> "not-supported";
      case IDENTIFIER_AMBIGUOUS -> "multiple-matches";
      case SECTION_MISSING, TOO_FEW_SOURCES -> "incomplete";
      case NO_SOURCE, ISSUER_UNAVAILABLE, IDENTIFIER_UNRESOLVED, SHUTTING_DOWN -> "transient";
      case ALL_TIMED_OUT, IDENTIFIER_TIMED_OUT, BATCH_OUT_OF_TIME -> "timeout";
      case AUDIT_UNAVAILABLE -> "no-store";
      case OVERLOADED, RATE_LIMITED -> "throttled";
      case INTERNAL -> "exception";
    };
  }
}
