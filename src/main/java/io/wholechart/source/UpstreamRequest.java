package io.wholechart.source;

/**
 * A GET.
 *
 * @param url absolute, and already encoded: it leaves as it stands here
 * @param accept the media types asked for
 * @param maxBodyBytes how much of a body is read; more is {@code over-limit}
 * @param intake who is told when the request leaves
 * @param replica the only one that can be asked, at this very url; or {@link #ANY}, and the url is
 *     below the first replica's base
 * @param attempt how often this is asked by now, from one
 */
record UpstreamRequest(
    String url, String accept, int maxBodyBytes, Intake intake, int replica, int attempt) {
  /** Whichever replica is well. */
  static final int ANY = -1;

  UpstreamRequest(String url, String accept, int maxBodyBytes, Intake intake) {
    this(url, accept, maxBodyBytes, intake, ANY, 1);
  }

  /** A further page: the replica that gave the first one knows it, and no other. */
  UpstreamRequest only(int replica) {
    return new UpstreamRequest(url, accept, maxBodyBytes, intake, replica, attempt);
  }

  UpstreamRequest again() {
    return new UpstreamRequest(url, accept, maxBodyBytes, intake, replica, attempt + 1);
  }

  UpstreamRequest at(String other) {
    return new UpstreamRequest(other, accept, maxBodyBytes, intake, replica, attempt);
  }

  /** The same for another thread: an intake belongs to one. */
  UpstreamRequest apart() {
    var own = new Intake(intake.source(), intake.patience());
    return new UpstreamRequest(url, accept, maxBodyBytes, own, replica, attempt);
  }
}
