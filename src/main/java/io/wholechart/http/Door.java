package io.wholechart.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.wholechart.access.Authentication;
import io.wholechart.access.Authenticator;
import io.wholechart.metrics.Metrics;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

/**
 * Lets in whom the {@link Authenticator} knows, before anything else of a request is looked at, and
 * keeps with the request what they may do.
 *
 * <p>The request's time begins here: whatever it takes to find out who asks is taken from it.
 */
final class Door implements Filter {
  private static final String MODE = "X-Access-Mode";
  private static final Header OPEN_TO_ALL = HeaderValues.create(MODE, "loopback");
  private static final ScopedValue<Exchange> EXCHANGE = ScopedValue.newInstance();

  private final Authenticator authenticator;
  private final Predicate<String> isPublic;
  private final Refusals refusals;
  private final Metrics metrics;
  private final InstantSource clock;

  /**
   * @param isPublic which paths, as they are sent, are for everybody
   */
  Door(
      Authenticator authenticator,
      Predicate<String> isPublic,
      Refusals refusals,
      Metrics metrics,
      InstantSource clock) {
    this.authenticator = authenticator;
    this.isPublic = isPublic;
    this.refusals = refusals;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** The exchange of the request that this thread serves, with its caller's permit. */
  static Exchange exchange() {
    return EXCHANGE.get();
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    var begun = Exchange.begin(request, clock.instant());
    if (authenticator.isOpen()) {
      response.header(OPEN_TO_ALL);
    }
    if (isPublic.test(request.path().rawPath())) {
      ScopedValue.where(EXCHANGE, begun).run(chain::proceed);
      return;
    }
    switch (authenticate(request)) {
      case Authentication.Accepted(var permit) -> {
        metrics.authentication("accepted");
        ScopedValue.where(EXCHANGE, begun.by(permit)).run(chain::proceed);
      }
      case Authentication.Refused(var reason) -> {
        metrics.authentication(reason.key());
        refusals.unauthenticated(reason, begun, request, response);
      }
    }
  }

  private Authentication authenticate(RoutingRequest request) {
    try {
      return authenticator.authenticate(
          request.headers().contains(HeaderNames.AUTHORIZATION)
              ? request.headers().get(HeaderNames.AUTHORIZATION).allValues()
              : List.of());
    } catch (InterruptedException e) {
      throw new CloseConnectionException("stopped before it was known who asks");
    }
  }

  /** Answers that no filter sees say the same as all others. */
  Listener.Refusal marking(Listener.Refusal refusal) {
    return (request, problem) -> {
      Answer answer = refusal.early(request, problem);
      if (authenticator.isOpen()) {
        answer.headers().put(MODE, "loopback");
      }
      return answer;
    };
  }
}
