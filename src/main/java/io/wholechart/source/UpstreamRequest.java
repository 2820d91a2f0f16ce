package io.wholechart.source;

/**
 * A GET, or the POST of a form.
 *
 * @param url absolute, and already encoded: it leaves as it stands here
 * @param accept the media types asked for
 * @param maxBodyBytes how much of a body is read; more is {@code over-limit}
 * @param intake who is told when the request leaves
 * @param replica the only one that can be asked, at this very url; or {@link #ANY}, and the url is
 *     below the first replica's base
 * @param attempt how often this is asked by now, from one
 * @param authorization the header, or empty
 * @param form to be posted, or empty
 */
record UpstreamRequest(
    String url,
    String accept,
    int maxBodyBytes,
    Intake intake,
    int replica,
    int attempt,
    String authorization,
    String form) {
  /** Whichever replica is well. */
  static final int ANY = -1;

  UpstreamRequest(String url, String accept, int maxBodyBytes, Intake intake) {
    this(url, accept, maxBodyBytes, intake, ANY, 1, "", "");
  }

  /** A further page: the replica that gave the first one knows it, and no other. */
  UpstreamRequest only(int theReplica) {
    return new UpstreamRequest(
        url, accept, maxBodyBytes, intake, theReplica, attempt, authorization, form);
  }

  UpstreamRequest again() {
    return new UpstreamRequest(
        url, accept, maxBodyBytes, intake, replica, attempt + 1, authorization, form);
  }

  UpstreamRequest at(String other) {
    return new UpstreamRequest(
        other, accept, maxBodyBytes, intake, replica, attempt, authorization, form);
  }

  UpstreamRequest authorized(String header) {
    return new UpstreamRequest(url, accept, maxBodyBytes, intake, replica, attempt, header, form);
  }

  UpstreamRequest posting(String theForm) {
    return new UpstreamRequest(
        url, accept, maxBodyBytes, intake, replica, attempt, authorization, theForm);
  }

  /** The same for another thread: an intake belongs to one. */
  UpstreamRequest apart() {
    var own = new Intake(intake.source(), intake.patience());
    return new UpstreamRequest(
        url, accept, maxBodyBytes, own, replica, attempt, authorization, form);
  }

  @Override
  public String toString() {
    return "UpstreamRequest[withheld]"; // the patient's id is in it, and our secret
  }
}
