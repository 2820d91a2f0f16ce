package io.wholechart.source;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * The call itself: HTTP/1.1 with connections that are kept alive.
 *
 * <p>No timeout here is a deadline: a read timeout never fires against a body that drips. What
 * bounds a call is the interrupt of its thread, which closes the connection, so that nothing that
 * belongs to a call that was given up can reach the next one.
 */
final class HttpUpstream implements Upstream {
  private final Http1Client client;
  private final Connections connections;
  private final Optional<String> authorization;
  private final InstantSource clock;

  /**
   * @param longest what no call can outlast, as a net under the interrupt
   */
  HttpUpstream(
      int connections, Duration longest, Optional<String> authorization, InstantSource clock) {
    this.authorization = authorization;
    this.clock = clock;
    var web =
        WebClient.builder()
            .proxy(Proxy.noProxy()) // the default looks every host up in reverse, pinning carriers
            .shareConnectionCache(false)
            .connectTimeout(longest)
            .readTimeout(longest)
            .followRedirects(false)
            .writeBufferSize(0) // a request without a body is one write; a buffer would be kept
            .build();
    this.client = web.client(Http1Client.PROTOCOL);
    this.connections = new Connections(web, (host, lookup) -> resolve(host), connections);
  }

  @Override
  public UpstreamAnswer read(UpstreamRequest request) throws InterruptedException {
    request.intake().asking();
    try {
      Connections.Connection connection = connections.take(URI.create(request.url()));
      try {
        return read(request, connection);
      } finally {
        connections.giveBack(connection);
      }
    } catch (IOException | RuntimeException e) {
      if (Thread.interrupted() || isInterruption(e)) {
        throw new InterruptedException(); // the call was given up: no answer of the source
      }
      return new UpstreamAnswer.Broken(failure(e));
    }
  }

  private UpstreamAnswer read(UpstreamRequest request, Connections.Connection connection)
      throws IOException {
    try (var response = prepare(request).connection(connection.tcp()).request()) {
      return switch (response.status().code()) {
        case 401, 403 -> refused(response, FailureReason.AUTH_FAILED);
        case 429 -> refused(response, FailureReason.THROTTLED);
        case int code when code >= 300 && code < 400 ->
            refused(response, FailureReason.REFUSED_REDIRECT);
        case int code when code < 300 || code == 404 || code == 410 -> answered(response, request);
        default -> refused(response, FailureReason.ERROR);
      };
    }
  }

  private static InetAddress resolve(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e); // the client's own resolver would say IllegalArgument
    }
  }

  private Http1ClientRequest prepare(UpstreamRequest request) {
    var prepared =
        client
            .get()
            .skipUriEncoding(true)
            .uri(
                request
                    .url()) // the text: from a java.net.URI the client would send the query decoded
            .header(HeaderValues.create(HeaderNames.ACCEPT, request.accept()))
            .header(HeaderValues.create(HeaderNames.ACCEPT_ENCODING, "identity"));
    authorization.ifPresent(value ->
        prepared.header(HeaderValues.create(HeaderNames.AUTHORIZATION, false, true, value)));
    return prepared;
  }

  private static UpstreamAnswer refused(HttpClientResponse response, FailureReason reason) {
    abandon(response);
    return UpstreamAnswer.broken(reason, "answered HTTP " + response.status().code());
  }

  private UpstreamAnswer answered(HttpClientResponse response, UpstreamRequest request)
      throws IOException {
    var headers = response.headers();
    if (headers.contains(HeaderNames.CONTENT_ENCODING)
        && !headers.get(HeaderNames.CONTENT_ENCODING).get().equals("identity")) {
      abandon(response);
      return UpstreamAnswer.broken(
          FailureReason.INVALID, "answered in a content encoding that was not asked for");
    }
    long announced = headers.contentLength().orElse(-1);
    if (announced > request.maxBodyBytes()) {
      return overLimit(response);
    }
    byte[] body = response.entity().hasEntity() ? body(response, request, announced) : new byte[0];
    if (body.length > request.maxBodyBytes()) {
      return overLimit(response);
    }
    if (announced > body.length) {
      return UpstreamAnswer.broken(FailureReason.ERROR, "broke off in the middle of its answer");
    }
    String contentType =
        headers.first(HeaderNames.CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT);
    return new UpstreamAnswer.Answered(
        response.status().code(),
        contentType.replaceFirst(";.*", "").strip(),
        parameter(contentType, "charset="),
        body,
        headers.first(HeaderNames.DATE).flatMap(HttpUpstream::date).orElseGet(this::now));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS); // finer would claim to know more
  }

  /**
   * The body, or one byte more of it than is allowed. One byte more than was announced is asked for
   * as well: only at its end does the client let the connection be used again. The stream is not
   * closed here, since closing it would read on to that end.
   */
  private static byte[] body(HttpClientResponse response, UpstreamRequest request, long announced)
      throws IOException {
    long limit = announced >= 0 ? announced : request.maxBodyBytes();
    return response.inputStream().readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE));
  }

  /**
   * Closes a response whose body is not wanted. The client would first read the rest of it, however
   * slowly that drips; with the interrupt set it takes what has already come, so that a short error
   * page leaves its connection usable, and closes the connection where it would have to wait.
   */
  private static void abandon(HttpClientResponse response) {
    Thread.currentThread().interrupt();
    try {
      response.close();
    } catch (RuntimeException e) {
      // closing is all that was wanted
    } finally {
      Thread.interrupted();
    }
  }

  private static UpstreamAnswer overLimit(HttpClientResponse response) {
    abandon(response);
    return UpstreamAnswer.broken(FailureReason.OVER_LIMIT, "sent more than maxBodyBytes allows");
  }

  private static String parameter(String contentType, String name) {
    int at = contentType.indexOf(name);
    return at < 0
        ? ""
        : contentType
            .substring(at + name.length())
            .replaceFirst(";.*", "")
            .replace("\"", "")
            .strip();
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /**
   * What an exception of the client means. Its text may quote the upstream, so it is never used.
   */
  private static Failure failure(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnknownHostException _, UnresolvedAddressException _ -> {
          return new Failure(FailureReason.UNREACHABLE, "has a host name that cannot be resolved");
        }
        case ConnectException _, NoRouteToHostException _ -> {
          return new Failure(FailureReason.UNREACHABLE, "refused the connection");
        }
        case SSLException _ -> {
          return new Failure(FailureReason.UNREACHABLE, "has no TLS certificate that we trust");
        }
        case SocketTimeoutException _ -> {
          return new Failure(FailureReason.TIMEOUT, "did not answer");
        }
        case IOException _, DataReader.InsufficientDataAvailableException _ -> {
          return new Failure(FailureReason.ERROR, "broke off the connection");
        }
        default -> {}
      }
    }
    return new Failure(FailureReason.INVALID, "answered something that is not HTTP");
  }

  /**
   * Whether the client was interrupted where it does not say so: on a connection that it uses again
   * it first waits for its own idle monitor, and wraps what interrupts that wait.
   */
  private static boolean isInterruption(Throwable e) {
    return e instanceof InterruptedException
        || (e.getCause() != null && isInterruption(e.getCause()));
  }
}
