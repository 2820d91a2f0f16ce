package io.wholechart.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.wholechart.fhir.ParametersReader;
import io.wholechart.http.FhirRoute.Request;
import io.wholechart.http.FhirRoute.Served;
import io.wholechart.http.Problem.Kind;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The FHIR face: what is true of all its routes. The format is agreed upon, the parameters are
 * gathered from wherever FHIR lets them be, every error is an OperationOutcome, and every answer is
 * recorded before it leaves.
 */
final class FhirFace {
  static final String ROOT = "/fhir";

  private static final HeaderName URGENCY = HeaderNames.create("X-Urgency");
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9.\\-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

  private final List<FhirRoute> routes;
  private final @Nullable URI baseUrl;
  private final AuditedAnswers answers;

  FhirFace(List<FhirRoute> routes, @Nullable URI baseUrl, AuditedAnswers answers) {
    this.routes = List.copyOf(routes);
    this.baseUrl = baseUrl;
    this.answers = answers;
  }

  /** Whether errors below a path are OperationOutcomes. */
  static boolean isBelow(@Nullable String path) {
    return path != null && (path.equals(ROOT) || path.startsWith(ROOT + "/"));
  }

  /**
   * Adds the routes; whatever else is asked of their paths is refused by name of what is allowed.
   */
  void addTo(HttpRouting.Builder routing) {
    for (FhirRoute route : routes) {
      for (String method : route.methods()) {
        routing.route(
            Method.create(method),
            route.path(),
            (request, response) -> handle(route, request, response));
      }
      routing.any(route.path(), (request, response) -> refuseMethod(route, request, response));
    }
  }

  private void handle(FhirRoute route, ServerRequest request, ServerResponse response) {
    var begun = Door.exchange();
    Map<String, List<String>> parameters = Responses.parameters(request);
    Optional<FhirFormat> format = format(request, parameters);
    var exchange = begun.in(format.orElse(FhirFormat.JSON));
    Served served =
        format.isPresent()
            ? serve(route, request, parameters, exchange)
            : Served.refused(
                Problem.of(Kind.NOT_ACCEPTABLE, "there are " + FhirFormat.offered()),
                Access.refused(Access.NONE, id(request), parameters));
    Answer answer = FhirAnswer.of(served.reply(), exchange);
    answers.send(exchange, served.access(), answer, route.path(), request, response);
  }

  private Served serve(
      FhirRoute route,
      ServerRequest request,
      Map<String, List<String>> parameters,
      Exchange exchange) {
    parameters.remove("_format");
    parameters.remove("_pretty"); // how it looks is no business of a program's
    @Nullable Problem problem = addPosted(request, parameters);
    for (String urgency : request.headers().values(URGENCY)) {
      parameters.computeIfAbsent("urgency", _ -> new ArrayList<>()).add(urgency);
    }
    if (problem != null) {
      return Served.refused(problem, Access.refused(Access.NONE, id(request), parameters));
    }
    try {
      return route.handler().serve(new Request(base(request), id(request), parameters), exchange);
    } catch (RuntimeException e) {
      return Served.refused(
          Gathering.failed(e, exchange), Access.refused(Access.NONE, id(request), parameters));
    }
  }

  /** Adds what a posted Parameters resource says; why it cannot, or null. */
  private static @Nullable Problem addPosted(
      ServerRequest request, Map<String, List<String>> parameters) {
    byte[] body = request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
    if (body.length == 0) {
      return null;
    }
    String type = request.headers().contentType().map(t -> t.mediaType().text()).orElse("none");
    if (FhirFormat.negotiate(Optional.of(type), List.of()).orElse(null) != FhirFormat.JSON) {
      return Problem.of(
          Kind.UNSUPPORTED_MEDIA_TYPE, "parameters are posted as " + FhirFormat.JSON.mediaType());
    }
    @Nullable Map<String, List<String>> posted = ParametersReader.read(body).orElse(null);
    if (posted == null) {
      return Problem.of(Kind.BAD_REQUEST, "the body is no Parameters resource of plain values");
    }
    posted.forEach((name, values) ->
        parameters.merge(
            name,
            values,
            (a, b) -> {
              List<String> both = new ArrayList<>(a);
              both.addAll(b);
              return both;
            }));
    return null;
  }

  private void refuseMethod(FhirRoute route, ServerRequest request, ServerResponse response) {
    String allowed = String.join(", ", route.methods());
    var exchange = Door.exchange().in(errorFormat(request.headers()));
    Answer answer =
        Answer.of(Problem.of(Kind.METHOD_NOT_ALLOWED, "only " + allowed + " here"), exchange);
    answer.headers().put("Allow", allowed);
    Access access = Access.refused(Access.NONE, id(request), Responses.parameters(request));
    answers.send(exchange, access, answer, route.path(), request, response);
  }

  /** How an error is written where nothing else is known of a request but its headers. */
  static FhirFormat errorFormat(Headers headers) {
    return FhirFormat.negotiate(Optional.empty(), accepted(headers)).orElse(FhirFormat.JSON);
  }

  private static Optional<FhirFormat> format(
      ServerRequest request, Map<String, List<String>> parameters) {
    List<String> asked = parameters.getOrDefault("_format", List.of());
    return asked.size() > 1
        ? Optional.empty()
        : FhirFormat.negotiate(asked.stream().findFirst(), accepted(request.headers()));
  }

  private static List<String> accepted(Headers headers) {
    return headers.contains(HeaderNames.ACCEPT)
        ? headers.get(HeaderNames.ACCEPT).allValues()
        : List.of();
  }

  /**
   * The base URL. What a caller says it asked is echoed to that caller alone, if it is harmless.
   */
  private String base(ServerRequest request) {
    if (baseUrl != null) {
      return baseUrl.toString();
    }
    String host = request.headers().first(HeaderNames.HOST).orElse("");
    return (request.isSecure() ? "https://" : "http://")
        + (HOST.matcher(host).matches() ? host : "localhost")
        + ROOT;
  }

  private static String id(ServerRequest request) {
    return request.path().pathParameters().contains("id") ? Responses.id(request) : "";
  }
}
