package io.wholechart.http;

import io.helidon.http.DirectHandler.TransportRequest;
import io.helidon.http.Headers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.wholechart.access.Refusal;
import io.wholechart.http.Problem.Kind;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Answers for what there is no route for; each is recorded as any answer is. */
final class Refusals {
  private static final String ROUTE = "other";
  private static final Access NOBODYS = Access.unbegun(Access.NONE, null, null);

  private final AuditedAnswers answers;
  private final InstantSource clock;

  Refusals(AuditedAnswers answers, InstantSource clock) {
    this.answers = answers;
    this.clock = clock;
  }

  /** The path of a patient, and not GET. */
  void method(ServerRequest request, ServerResponse response) {
    var exchange = Door.exchange();
    String id = Responses.id(request);
    Access access = Access.refused(Access.NONE, id, Responses.parameters(request));
    Answer answer =
        Answer.of(Problem.of(Kind.METHOD_NOT_ALLOWED, "only GET is allowed here"), exchange);
    answer.headers().put("Allow", "GET");
    answers.send(exchange, access, answer, PatientRoute.PATH, request, response);
  }

  /** Any other path. Its text is not in the record, since there is no telling what it holds. */
  void path(ServerRequest request, ServerResponse response) {
    var exchange = in(request.path().rawPath(), request.headers(), Door.exchange());
    Answer answer =
        Answer.of(Problem.of(Kind.NO_SUCH_PATH, "there is " + PatientRoute.PATH), exchange);
    answers.send(exchange, NOBODYS, answer, ROUTE, request, response);
  }

  /**
   * Whoever is not let in. What they asked for is not in the record: it has not been read, and who
   * may not ask should not be able to have a patient's name written there.
   */
  void unauthenticated(
      Refusal reason, Exchange begun, ServerRequest request, ServerResponse response) {
    var exchange = in(request.path().rawPath(), request.headers(), begun);
    Answer answer = Answer.of(problem(reason), exchange);
    if (answer.problem() != Kind.ISSUER_UNAVAILABLE) {
      answer.headers().put("WWW-Authenticate", reason.challenge());
    }
    answers.send(exchange, NOBODYS, answer, ROUTE, request, response);
  }

  private static Problem problem(Refusal reason) {
    return switch (reason) {
      case BAD_HEADER -> Problem.of(Kind.BAD_AUTHORIZATION, reason.words());
      case ISSUER_UNAVAILABLE ->
          Problem.of(Kind.ISSUER_UNAVAILABLE, reason.words()).retryAfter(Reply.RETRY);
      case NO_TOKEN,
          TOO_LONG,
          MALFORMED,
          NOT_TRUSTED,
          EXPIRED,
          NOT_YET_VALID,
          WRONG_AUDIENCE,
          NO_PATIENT ->
          Problem.of(Kind.NOT_AUTHENTICATED, reason.words());
    };
  }

  /**
   * What the server refuses by itself: a request that cannot be read, is too large or one too many.
   * Nothing of such a request is trusted, so its record names no patient. Of one too many the
   * server does not even hand on the headers, so it gets a request id of ours.
   */
  Answer early(TransportRequest request, Problem problem) {
    var begun = Exchange.begin(request.headers(), clock.instant());
    var exchange = in(request.path(), request.headers(), begun);
    Answer answer = answers.recorded(exchange, NOBODYS, Answer.of(problem, exchange));
    answers.measure(exchange, answer, ROUTE, request.method());
    return answer;
  }

  private static Exchange in(@Nullable String path, Headers headers, Exchange exchange) {
    return FhirFace.isBelow(path) ? exchange.in(FhirFace.errorFormat(headers)) : exchange;
  }
}
