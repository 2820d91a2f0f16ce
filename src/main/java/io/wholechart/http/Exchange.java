package io.wholechart.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.wholechart.access.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request in its own right: who, when, and by which id it can be found again.
 *
 * @param fhir how a resource is written; null on the native routes, whose errors are problems
 */
record Exchange(
    String requestId, Caller caller, Instant at, long startNanos, @Nullable FhirFormat fhir) {
  static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");

  private static final Pattern LEGAL_ID = Pattern.compile("[A-Za-z0-9\\-]{1,64}");

  static Exchange begin(Headers headers, Caller caller, Instant at) {
    return new Exchange(requestId(headers), caller, at, System.nanoTime(), null);
  }

  Exchange in(FhirFormat format) {
    return new Exchange(requestId, caller, at, startNanos, format);
  }

  /** One of several accesses that a request makes; its id shows whose part it is. */
  Exchange part(int number, Instant now) {
    String suffix = "-" + number;
    String id = requestId.substring(0, Math.min(requestId.length(), 64 - suffix.length()));
    return new Exchange(id + suffix, caller, now, System.nanoTime(), fhir);
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** The caller's id where it is harmless, so that both sides' logs meet; otherwise one of ours. */
  private static String requestId(Headers headers) {
    return headers
        .first(REQUEST_ID)
        .filter(id -> LEGAL_ID.matcher(id).matches())
        .orElseGet(() -> UUID.randomUUID().toString());
  }
}
