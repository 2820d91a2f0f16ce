package io.wholechart.source;

import io.wholechart.source.SourceSettings.Auth;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a service that holds no part of a chart and has to be asked before a source can be, with
 * what keeps a source's own calls in bounds: no redirects, the largest body, a bulkhead, and the
 * interrupt that closes the connection.
 */
public final class ServiceReads {
  /** What came of a read. */
  public sealed interface Answer {
    /** Status below 300, or 404 or 410. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Answered(int status, String mediaType, byte[] body) implements Answer {}

    record Broken(Failure failure) implements Answer {}
  }

  private final String service;
  private final Upstream upstream;

  /**
   * @param service what it is
   * @param longest how long it may take to get the token that it wants, if any
   * @throws IOException when the secret or a certificate cannot be read
   */
  public ServiceReads(
      String service,
      int maxConcurrentCalls,
      Duration longest,
      @Nullable Auth auth,
      ConnectionSettings connection,
      InstantSource clock)
      throws IOException {
    this.service = service;
    var call =
        new HttpUpstream(connection.connections(Names.ofSystem(), maxConcurrentCalls), clock);
    this.upstream =
        new LimitedUpstream(
            Sources.authorized(call, auth, longest, clock), new Bulkhead(maxConcurrentCalls));
  }

  /**
   * Reads, blocking.
   *
   * @param url absolute, and already encoded
   * @throws InterruptedException when the caller's deadline strikes; the connection is closed
   */
  public Answer get(String url, String accept, int maxBodyBytes, Patience patience)
      throws InterruptedException {
    return answer(new UpstreamRequest(url, accept, maxBodyBytes, new Intake(service, patience)));
  }

  /**
   * Posts a form and reads what comes of it, as {@link #get} does.
   *
   * @param form already encoded
   */
  public Answer post(String url, String form, String accept, int maxBodyBytes, Patience patience)
      throws InterruptedException {
    var intake = new Intake(service, patience);
    return answer(new UpstreamRequest(url, accept, maxBodyBytes, intake).posting(form));
  }

  private Answer answer(UpstreamRequest request) throws InterruptedException {
    return switch (upstream.read(request)) {
      case UpstreamAnswer.Answered answer ->
          new Answer.Answered(answer.status(), answer.mediaType(), answer.body());
      case UpstreamAnswer.Broken(var failure, _) -> new Answer.Broken(failure);
    };
  }
}
