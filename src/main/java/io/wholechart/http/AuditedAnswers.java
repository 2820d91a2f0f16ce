package io.wholechart.http;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.wholechart.audit.Recorded;
import io.wholechart.http.Problem.Kind;
import io.wholechart.metrics.Metrics;
import java.time.Duration;
import java.util.Set;

/** The only way out of the callers' socket: first the record is on disk, then the answer leaves. */
final class AuditedAnswers {
  static final String RECEIPT = "X-Audit-Receipt";

  /** Of an emergency whose record is not in the journal yet, or in no file at all. */
  static final String ASSURANCE = "Audit-Assurance";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  private final AuditTrail trail;
  private final Metrics metrics;

  AuditedAnswers(AuditTrail trail, Metrics metrics) {
    this.trail = trail;
    this.metrics = metrics;
  }

  /**
   * Records, answers, and records how that ended.
   *
   * @param route the template, for the metrics
   */
  void send(
      Exchange exchange,
      Access access,
      Answer answer,
      String route,
      ServerRequest request,
      ServerResponse response) {
    if (access.grant() != null) { // so that whoever goes on reading knows how long they may
      answer.headers().put("X-Break-Glass", "until=\"" + access.grant().until() + "\"");
    }
    Recorded recorded = record(exchange, access, answer, answer.body().digest());
    Answer leaving = leaving(recorded, exchange, answer);
    var sent = new Sent();
    try {
      Responses.send(leaving, request, response, sent);
    } finally {
      ended(access, recorded, sent);
    }
    measure(exchange, leaving, route, request.prologue().method().text());
  }

  /** The same for who writes the answer elsewhere, and nobody hears how that ends. */
  Answer recorded(Exchange exchange, Access access, Answer answer) {
    return leaving(record(exchange, access, answer, answer.body().digest()), exchange, answer);
  }

  /** Returns when it is known whether the answer may leave. */
  Recorded record(Exchange exchange, Access access, Answer answer, String digest) {
    try {
      return trail.conclude(exchange, access, answer, digest);
    } catch (InterruptedException e) {
      // The server is being stopped. Whether the record is on disk is not known, so there is no
      // answer that would be sure to have one; the connection ends without.
      throw new CloseConnectionException("stopped before the audit record was known to be durable");
    }
  }

  private static Answer leaving(Recorded recorded, Exchange exchange, Answer answer) {
    return switch (recorded) {
      case Recorded.Durable durable -> {
        answer.headers().put(RECEIPT, durable.receipt());
        yield answer;
      }
      case Recorded.Spooled _ -> assured(answer, "spooled");
      case Recorded.Volatile _ -> assured(answer, "volatile");
      case Recorded.NotDurable _ -> Answer.of(unrecorded(), exchange);
    };
  }

  private static Answer assured(Answer answer, String assurance) {
    answer.headers().put(ASSURANCE, assurance);
    return answer;
  }

  /** Of an access that asked no source nobody needs to know whether the refusal got through. */
  void ended(Access access, Recorded recorded, Sent sent) {
    boolean isKept =
        switch (recorded) {
          case Recorded.Durable _, Recorded.Spooled _ -> true;
          case Recorded.Volatile _, Recorded.NotDurable _ -> false;
        };
    if (access.intent() != null && isKept) {
      trail.ended(recorded, sent.isWhole(), sent.bytes());
    }
  }

  void measure(Exchange exchange, Answer answer, String route, String method) {
    measure(exchange, answer.status(), route, method);
  }

  void measure(Exchange exchange, int status, String route, String method) {
    metrics.httpRequest(
        METHODS.contains(method) ? method : "_OTHER", route, status, exchange.elapsed());
  }

  /** What is answered instead of an answer that could not be recorded. */
  static Problem unrecorded() {
    return Problem.of(Kind.AUDIT_UNAVAILABLE, "nothing is shown whose access cannot be recorded")
        .retryAfter(Duration.ofSeconds(5));
  }
}
