package io.wholechart.source;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.wholechart.source.Connection.Origin;
import io.wholechart.source.UpstreamAnswer.Again;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * The call itself: HTTP/1.1 with connections that are kept alive.
 *
 * <p>There is no read timeout, which never fires against a body that drips. What bounds a call is
 * the interrupt of its thread, which closes the connection, so that nothing that belongs to a call
 * that was given up can reach the next one: whoever calls sees to that interrupt.
 */
final class HttpUpstream implements Upstream {
  static final Failure UNAUTHORIZED =
      new Failure(FailureReason.AUTH_FAILED, "answered HTTP 401", 401);
  private static final Failure REFUSED =
      new Failure(FailureReason.UNREACHABLE, "refused the connection");
  private static final Failure FORBIDDEN =
      new Failure(
          FailureReason.UNREACHABLE,
          "has a host name that leads to an address that is not allowed");
  private static final Failure SILENT =
      new Failure(FailureReason.UNREACHABLE, "did not take the connection");
  private static final Failure BROKEN_OFF =
      new Failure(FailureReason.ERROR, "broke off the connection");
  private static final Failure TRUNCATED =
      new Failure(FailureReason.ERROR, "broke off in the middle of its answer");
  private static final Failure OVER_LIMIT =
      new Failure(FailureReason.OVER_LIMIT, "sent more than maxBodyBytes allows");

  private final Http1Client client;
  private final Connections connections;
  private final InstantSource clock;

  HttpUpstream(Connections connections, InstantSource clock) {
    this.clock = clock;
    this.client =
        Http1Client.builder()
            .proxy(Proxy.noProxy()) // the default looks every host up in reverse, pinning carriers
            .shareConnectionCache(false)
            .followRedirects(false)
            .build();
    this.connections = connections;
  }

  @Override
  public UpstreamAnswer read(UpstreamRequest request) throws InterruptedException {
    request.intake().asking(request.attempt());
    Origin origin = Origin.of(URI.create(request.url()));
    Optional<Connection> kept = connections.kept(origin);
    if (kept.isPresent()) {
      UpstreamAnswer answer = read(request, kept.get());
      if (!wasHungUp(kept.get(), answer)) {
        return answer;
      }
    }
    try {
      return read(request, connections.open(origin));
    } catch (SocketTimeoutException e) {
      return new UpstreamAnswer.Broken(SILENT, new Again.After(Duration.ZERO));
    } catch (IOException e) {
      return broken(e, true);
    }
  }

  /**
   * Whether the source hung up on the idle connection just as it was asked: that is no failure of
   * this read, which is asked again on a new connection (RFC 9112, section 9.3.1).
   */
  private static boolean wasHungUp(Connection kept, UpstreamAnswer answer) {
    return kept.isSilent()
        && answer instanceof UpstreamAnswer.Broken(Failure failure, _)
        && failure.reason() == FailureReason.ERROR;
  }

  private UpstreamAnswer read(UpstreamRequest request, Connection connection)
      throws InterruptedException {
    connection.begin(request.maxBodyBytes());
    try (var response = send(request, prepare(request).connection(connection))) {
      return switch (response.status().code()) {
        case 401, 403 -> refused(response, FailureReason.AUTH_FAILED);
        case 429 -> refused(response, FailureReason.THROTTLED);
        case int code when code >= 300 && code < 400 ->
            refused(response, FailureReason.REFUSED_REDIRECT);
        case int code when code < 300 || code == 404 || code == 410 ->
            answered(response, request, connection);
        case int code when code >= 500 -> failed(response);
        default -> refused(response, FailureReason.ERROR);
      };
    } catch (IOException | RuntimeException e) {
      return broken(e, connection.isHttp());
    } finally {
      connections.giveBack(connection);
    }
  }

  private Http1ClientRequest prepare(UpstreamRequest request) {
    var prepared =
        (request.form().isEmpty() ? client.get() : client.post())
            .skipUriEncoding(true)
            .uri(
                request
                    .url()) // the text: from a java.net.URI the client would send the query decoded
            .header(HeaderValues.create(HeaderNames.ACCEPT, request.accept()))
            .header(HeaderValues.create(HeaderNames.ACCEPT_ENCODING, "identity"));
    if (!request.authorization().isEmpty()) {
      prepared.header(
          HeaderValues.create(HeaderNames.AUTHORIZATION, false, true, request.authorization()));
    }
    return prepared;
  }

  private static HttpClientResponse send(UpstreamRequest request, Http1ClientRequest prepared) {
    return request.form().isEmpty()
        ? prepared.request()
        : prepared
            .header(
                HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/x-www-form-urlencoded"))
            .submit(request.form().getBytes(StandardCharsets.US_ASCII));
  }

  /** Its body is not wanted. Closing the response does not wait for it, however slowly it drips. */
  private static UpstreamAnswer refused(HttpClientResponse response, FailureReason reason) {
    return new UpstreamAnswer.Broken(answered(response, reason));
  }

  /** A 5xx may be over in a moment, and a 503 may say when (RFC 9110, section 10.2.3). */
  private UpstreamAnswer failed(HttpClientResponse response) {
    return new UpstreamAnswer.Broken(
        answered(response, FailureReason.ERROR),
        RetryAfter.of(response.headers().first(HeaderNames.RETRY_AFTER), clock.instant()));
  }

  private static Failure answered(HttpClientResponse response, FailureReason reason) {
    int status = response.status().code();
    return new Failure(reason, "answered HTTP " + status, status);
  }

  private UpstreamAnswer answered(
      HttpClientResponse response, UpstreamRequest request, Connection connection)
      throws IOException {
    var headers = response.headers();
    if (headers.contains(HeaderNames.CONTENT_ENCODING)
        && !headers.get(HeaderNames.CONTENT_ENCODING).get().equals("identity")) {
      return UpstreamAnswer.broken(
          FailureReason.INVALID, "answered in a content encoding that was not asked for");
    }
    long announced = headers.contentLength().orElse(-1);
    if (announced >= 0 && headers.contains(HeaderNames.TRANSFER_ENCODING)) {
      return UpstreamAnswer.broken(FailureReason.INVALID, "says in two ways how long its body is");
    }
    if (announced > request.maxBodyBytes()) {
      return new UpstreamAnswer.Broken(OVER_LIMIT);
    }
    byte[] body = body(response, request, connection, announced);
    if (body.length > request.maxBodyBytes()) {
      return new UpstreamAnswer.Broken(OVER_LIMIT);
    }
    if (announced > body.length) {
      return new UpstreamAnswer.Broken(TRUNCATED, new Again.After(Duration.ZERO));
    }
    String contentType =
        headers.first(HeaderNames.CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT);
    return new UpstreamAnswer.Answered(
        response.status().code(),
        untilSemicolon(contentType).strip(),
        parameter(contentType, "charset="),
        body,
        headers.first(HeaderNames.DATE).flatMap(HttpDate::parse).orElseGet(this::now));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS); // finer would claim to know more
  }

  /** The body, or one byte more of one that ends with its connection than is allowed. */
  private static byte[] body(
      HttpClientResponse response, UpstreamRequest request, Connection connection, long announced)
      throws IOException {
    var headers = response.headers();
    boolean isKept = !headers.containsToken(HeaderValues.CONNECTION_CLOSE);
    if (announced >= 0) {
      return connection.takeBody((int) announced, isKept);
    }
    if (!response.entity().hasEntity()) { // as in a 204, whatever its headers say
      return new byte[0];
    }
    if (headers.contains(HeaderValues.TRANSFER_ENCODING_CHUNKED)) {
      return connection.takeChunks(request.maxBodyBytes(), isKept);
    }
    return response
        .inputStream()
        .readNBytes((int) Math.min(request.maxBodyBytes() + 1L, Integer.MAX_VALUE));
  }

  private static String parameter(String contentType, String name) {
    int at = contentType.indexOf(name);
    return at < 0
        ? ""
        : untilSemicolon(contentType.substring(at + name.length())).replace("\"", "").strip();
  }

  private static String untilSemicolon(String text) {
    int at = text.indexOf(';');
    return at < 0 ? text : text.substring(0, at);
  }

  private static UpstreamAnswer broken(Exception e, boolean isHttp) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException(); // the call was given up: no answer of the source
    }
    Failure failure = failure(e, isHttp);
    return new UpstreamAnswer.Broken(
        failure, isOfConnection(failure) ? new Again.After(Duration.ZERO) : new Again.Never());
  }

  /** Refused or broken off: the next connection may lead to a process that is well. */
  private static boolean isOfConnection(Failure failure) {
    return failure.equals(REFUSED) || failure.equals(BROKEN_OFF);
  }

  /**
   * What an exception of the client means. Its text may quote the upstream, so it is never used.
   *
   * @param isHttp whether what had come by then, if anything, was the beginning of an HTTP answer
   */
  private static Failure failure(Exception e, boolean isHttp) {
    for (Throwable cause = e; cause != null && isHttp; cause = cause.getCause()) {
      switch (cause) {
        case UnknownHostException _, UnresolvedAddressException _ -> {
          return new Failure(FailureReason.UNREACHABLE, "has a host name that cannot be resolved");
        }
        case ForbiddenAddressException _ -> {
          return FORBIDDEN;
        }
        case ConnectException _, NoRouteToHostException _ -> {
          return REFUSED;
        }
        case SSLException _ -> {
          return new Failure(FailureReason.UNREACHABLE, "has no TLS certificate that we trust");
        }
        case Connection.OverheardException _ -> {
          return OVER_LIMIT;
        }
        case SocketTimeoutException _ -> {
          return new Failure(FailureReason.TIMEOUT, "did not answer");
        }
        case IOException _, DataReader.InsufficientDataAvailableException _ -> {
          return BROKEN_OFF;
        }
        default -> {}
      }
    }
    return new Failure(FailureReason.INVALID, "answered something that is not HTTP");
  }
}
