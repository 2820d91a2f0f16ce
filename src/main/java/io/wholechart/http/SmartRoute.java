package io.wholechart.http;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.wholechart.http.Problem.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /.well-known/smart-configuration}, beside the FHIR base as SMART has it and at the
 * root as RFC 8615 has it: where a client gets a token from. It is for everybody.
 */
final class SmartRoute {
  private static final String PATH = "/.well-known/smart-configuration";
  static final Set<String> PATHS = Set.of(PATH, FhirFace.ROOT + PATH);

  private static final Access ABOUT_NOBODY = Access.unbegun("capabilities", null, null);

  private final byte @Nullable [] configuration;
  private final AuditedAnswers answers;

  /**
   * @param configuration null where nobody issues tokens that is described
   */
  SmartRoute(byte @Nullable [] configuration, AuditedAnswers answers) {
    this.configuration = configuration;
    this.answers = answers;
  }

  void handle(ServerRequest request, ServerResponse response) {
    var exchange = Door.exchange();
    Answer answer =
        configuration == null
            ? Answer.of(Problem.of(Kind.NO_SUCH_PATH, "no issuer is described here"), exchange)
            : answer(configuration, exchange);
    answers.send(exchange, ABOUT_NOBODY, answer, PATH, request, response);
  }

  /** It says nothing of a patient, so it may be kept for a while. */
  private static Answer answer(byte[] configuration, Exchange exchange) {
    return new Answer(
        200,
        "application/json",
        Answer.headers(exchange, "Cache-Control", "max-age=300"),
        Body.of(configuration),
        null);
  }
}
