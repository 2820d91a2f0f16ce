package io.wholechart.source;

import io.wholechart.source.Credentials.Shown;

/**
 * Shows a source our credentials, and where it refuses them once more others, if there are any: a
 * token may be taken back before its time, and a secret may have been changed a moment ago.
 */
final class AuthorizedUpstream implements Upstream {
  private final Upstream delegate;
  private final Credentials credentials;

  AuthorizedUpstream(Upstream delegate, Credentials credentials) {
    this.delegate = delegate;
    this.credentials = credentials;
  }

  @Override
  public UpstreamAnswer read(UpstreamRequest request) throws InterruptedException {
    return switch (credentials.current()) {
      case Shown.Nothing(Failure cause) -> new UpstreamAnswer.Broken(cause);
      case Shown.Header header -> {
        UpstreamAnswer answer = delegate.read(request.authorized(header.value()));
        yield isRefused(answer) && credentials.isWorthAnother(header)
            ? again(request, header, answer)
            : answer;
      }
    };
  }

  private UpstreamAnswer again(
      UpstreamRequest request, Shown.Header refused, UpstreamAnswer refusal)
      throws InterruptedException {
    return switch (credentials.current()) {
      case Shown.Nothing(Failure cause) -> new UpstreamAnswer.Broken(cause);
      case Shown.Header header ->
          header.equals(refused)
              ? refusal
              : delegate.read(request.again().authorized(header.value()));
    };
  }

  /** 401 alone: who gets a 403 is known, and may not. */
  private static boolean isRefused(UpstreamAnswer answer) {
    return answer instanceof UpstreamAnswer.Broken(Failure failure, _)
        && failure.equals(HttpUpstream.UNAUTHORIZED);
  }
}
