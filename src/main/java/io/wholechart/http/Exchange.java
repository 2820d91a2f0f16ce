package io.wholechart.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.ServerRequest;
import io.wholechart.access.Permit;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request in its own right: who, when, and by which id it can be found again.
 *
 * <p>It begins before it is known who asks, so that finding it out takes of its time.
 *
 * @param traceId of the W3C trace context, where the caller sent one
 * @param permit who asks, and what they may do
 * @param address where it came from; null where the server does not say
 * @param breakGlass what the headers of that name say
 * @param fhir how a resource is written; null on the native routes, whose errors are problems
 */
record Exchange(
    String requestId,
    @Nullable String traceId,
    Permit permit,
    @Nullable String address,
    Instant at,
    long startNanos,
    List<String> breakGlass,
    @Nullable FhirFormat fhir) {
  static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");

  static final HeaderName BREAK_GLASS = HeaderNames.create("X-Break-Glass");

  private static final Pattern LEGAL_ID = Pattern.compile("[A-Za-z0-9\\-]{1,64}");

  static Exchange begin(ServerRequest request, Instant at) {
    Headers headers = request.headers();
    return new Exchange(
        requestId(headers),
        TraceParent.traceId(headers),
        Permit.NONE,
        address(request.remotePeer().address()),
        at,
        System.nanoTime(),
        breakGlass(headers),
        null);
  }

  /** One of which only the headers are to be had. */
  static Exchange begin(Headers headers, Instant at) {
    return new Exchange(
        requestId(headers),
        TraceParent.traceId(headers),
        Permit.NONE,
        null,
        at,
        System.nanoTime(),
        List.of(),
        null);
  }

  Exchange in(FhirFormat format) {
    return new Exchange(requestId, traceId, permit, address, at, startNanos, breakGlass, format);
  }

  /** The same of somebody who is known now. */
  Exchange by(Permit known) {
    return new Exchange(requestId, traceId, known, address, at, startNanos, breakGlass, fhir);
  }

  /** One of several accesses that a request makes; its id shows whose part it is. */
  Exchange part(int number, Instant now) {
    String suffix = "-" + number;
    String id = requestId.substring(0, Math.min(requestId.length(), 64 - suffix.length()));
    return new Exchange(
        id + suffix, traceId, permit, address, now, System.nanoTime(), List.of(), fhir);
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

  private static List<String> breakGlass(Headers headers) {
    return headers.contains(BREAK_GLASS) ? headers.get(BREAK_GLASS).allValues() : List.of();
  }

  /** The caller's id where it is harmless, so that both sides' logs meet; otherwise one of ours. */
  private static String requestId(Headers headers) {
    return headers
        .first(REQUEST_ID)
        .filter(id -> LEGAL_ID.matcher(id).matches())
        .orElseGet(() -> UUID.randomUUID().toString());
  }
}
