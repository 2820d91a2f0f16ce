package io.wholechart.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.ServerRequest;
import io.wholechart.access.Caller;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request in its own right: who, when, and by which id it can be found again.
 *
 * @param traceId of the W3C trace context, where the caller sent one
 * @param address where it came from; null where the server does not say
 * @param fhir how a resource is written; null on the native routes, whose errors are problems
 */
record Exchange(
    String requestId,
    @Nullable String traceId,
    Caller caller,
    @Nullable String address,
    Instant at,
    long startNanos,
    @Nullable FhirFormat fhir) {
  static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");

  private static final Pattern LEGAL_ID = Pattern.compile("[A-Za-z0-9\\-]{1,64}");

  static Exchange begin(ServerRequest request, Caller caller, Instant at) {
    Headers headers = request.headers();
    return new Exchange(
        requestId(headers),
        TraceParent.traceId(headers),
        caller,
        address(request.remotePeer().address()),
        at,
        System.nanoTime(),
        null);
  }

  /** One of which only the headers are to be had. */
  static Exchange begin(Headers headers, Caller caller, Instant at) {
    return new Exchange(
        requestId(headers),
        TraceParent.traceId(headers),
        caller,
        null,
        at,
        System.nanoTime(),
        null);
  }

  Exchange in(FhirFormat format) {
    return new Exchange(requestId, traceId, caller, address, at, startNanos, format);
  }

  /** One of several accesses that a request makes; its id shows whose part it is. */
  Exchange part(int number, Instant now) {
    String suffix = "-" + number;
    String id = requestId.substring(0, Math.min(requestId.length(), 64 - suffix.length()));
    return new Exchange(id + suffix, traceId, caller, address, now, System.nanoTime(), fhir);
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** As digits: looking its name up would wait for a name server. */
  private static @Nullable String address(SocketAddress peer) {
    return peer instanceof InetSocketAddress internet && internet.getAddress() != null
        ? internet.getAddress().getHostAddress()
        : null;
  }

  /** The caller's id where it is harmless, so that both sides' logs meet; otherwise one of ours. */
  private static String requestId(Headers headers) {
    return headers
        .first(REQUEST_ID)
        .filter(id -> LEGAL_ID.matcher(id).matches())
        .orElseGet(() -> UUID.randomUUID().toString());
  }
}
