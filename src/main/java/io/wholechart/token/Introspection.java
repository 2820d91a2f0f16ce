package io.wholechart.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wholechart.access.Refusal;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Asks an issuer about a token that only it can read (RFC 7662). */
final class Introspection {
  private final Endpoint endpoint;
  private final Claims claims;
  private final Duration cacheFor;

  /** Where it is asked. */
  interface Endpoint {
    /** The answer; null where there is none. */
    byte @Nullable [] post(String form) throws InterruptedException;
  }

  Introspection(Endpoint endpoint, Claims claims, Duration cacheFor) {
    this.endpoint = endpoint;
    this.claims = claims;
    this.cacheFor = cacheFor;
  }

  Verdict verdict(String token, Instant now) throws InterruptedException {
    String form = "token=" + URLEncoder.encode(token, UTF_8) + "&token_type_hint=access_token";
    byte @Nullable [] body = endpoint.post(form);
    if (body == null) {
      return Verdict.refused(Refusal.ISSUER_UNAVAILABLE);
    }
    @Nullable ObjectNode answer = StrictJson.object(body);
    JsonNode active = answer == null ? null : answer.path("active");
    if (answer == null || active == null || !active.isBoolean()) {
      return Verdict.refused(Refusal.ISSUER_UNAVAILABLE);
    }
    if (!active.booleanValue()) {
      return Verdict.refused(Refusal.NOT_TRUSTED);
    }
    return switch (claims.ofAnswer(answer, now)) {
      case Verdict.Permitted(var permit, var until) -> {
        Instant soon = now.plus(cacheFor);
        yield new Verdict.Permitted(permit, until.isBefore(soon) ? until : soon);
      }
      case Verdict.Refused refused -> refused;
    };
  }
}
