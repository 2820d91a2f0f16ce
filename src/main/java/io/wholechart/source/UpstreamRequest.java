package io.wholechart.source;

/**
 * A GET.
 *
 * @param url absolute, and already encoded: it leaves as it stands here
 * @param accept the media types asked for
 * @param maxBodyBytes how much of a body is read; more is {@code over-limit}
 * @param intake who is told when the request leaves
 * @param attempt how often this is asked by now, from one
 */
record UpstreamRequest(String url, String accept, int maxBodyBytes, Intake intake, int attempt) {
  UpstreamRequest(String url, String accept, int maxBodyBytes, Intake intake) {
    this(url, accept, maxBodyBytes, intake, 1);
  }

  UpstreamRequest again() {
    return new UpstreamRequest(url, accept, maxBodyBytes, intake, attempt + 1);
  }
}
