package io.wholechart.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wholechart.patient.Urgency;
import io.wholechart.source.SourceSettings.Auth;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * Where a source's access tokens come from: OAuth 2, client credentials (RFC 6749, section 4.4).
 */
final class TokenEndpoint {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST = 64 * 1024;
  private static final int LONGEST_TOKEN = 16 * 1024;
  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  /** Where it does not say, SMART's own limit is taken. */
  private static final long USUAL_SECONDS = 300;

  private static final long MOST_SECONDS = Duration.ofDays(1).toSeconds();

  private final Upstream upstream;
  private final Auth auth;
  private final InstantSource clock;

  /** What it says. */
  sealed interface Grant {
    record Token(String value, Duration lifetime) implements Grant {
      @Override
      public String toString() {
        return "Token[***]";
      }
    }

    record Refused(Failure cause) implements Grant {}
  }

  TokenEndpoint(Upstream upstream, Auth auth, InstantSource clock) {
    this.upstream = upstream;
    this.auth = auth;
    this.clock = clock;
  }

  Grant ask() throws InterruptedException {
    String form;
    try {
      form = form(ClientAssertion.of(auth, clock.instant()));
    } catch (IOException e) {
      return refused("was not asked: our key cannot be used");
    }
    var intake = new Intake("token", new Patience(Long.MAX_VALUE, Urgency.NORMAL));
    String url = Objects.requireNonNull(auth.tokenUrl()).toString();
    var request = new UpstreamRequest(url, "application/json", LARGEST, intake).posting(form);
    return switch (upstream.read(request)) {
      case UpstreamAnswer.Broken(var failure, _) -> refused(failure.detail());
      case UpstreamAnswer.Answered answer when answer.status() >= 300 ->
          refused("answered HTTP " + answer.status());
      case UpstreamAnswer.Answered answer -> grant(answer.body());
    };
  }

  private String form(String assertion) {
    return "grant_type=client_credentials&client_assertion_type="
        + URLEncoder.encode(ASSERTION_TYPE, UTF_8)
        + "&client_assertion="
        + assertion
        + (auth.scope() == null ? "" : "&scope=" + URLEncoder.encode(auth.scope(), UTF_8));
  }

  private static Grant grant(byte[] body) {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (IOException e) {
      return refused("sent what is no JSON");
    }
    String token = json.path("access_token").asText("");
    if (!isToken(token) || !json.path("token_type").asText("").equalsIgnoreCase("bearer")) {
      return refused("sent no bearer token");
    }
    long seconds = json.path("expires_in").asLong(USUAL_SECONDS);
    return seconds > 0
        ? new Grant.Token(token, Duration.ofSeconds(Math.min(seconds, MOST_SECONDS)))
        : refused("sent a token that has expired");
  }

  /** RFC 6750, section 2.1; anything else would begin another header. */
  private static boolean isToken(String text) {
    boolean isToken = !text.isEmpty() && text.length() <= LONGEST_TOKEN;
    for (int i = 0; i < text.length() && isToken; i++) {
      char c = text.charAt(i);
      isToken =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~+/=".indexOf(c) >= 0;
    }
    return isToken;
  }

  private static Grant refused(String what) {
    return new Grant.Refused(
        new Failure(FailureReason.AUTH_FAILED, "was not asked: its token endpoint " + what));
  }
}
