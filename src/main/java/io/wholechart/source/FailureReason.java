package io.wholechart.source;

/**
 * Why a source did not answer, or not whole. The vocabulary is closed: metrics and clients count on
 * it.
 */
public enum FailureReason {
  TIMEOUT("timeout"),
  UNREACHABLE("unreachable"),
  ERROR("error"),
  THROTTLED("throttled"),
  AUTH_FAILED("auth-failed"),
  INVALID("invalid"),
  OVER_LIMIT("over-limit"),
  IDENTITY_MISMATCH("identity-mismatch"),
  PARTIAL("partial"),
  /** It was not asked, since nobody could say by which id. */
  ID_UNRESOLVED("id-unresolved"),
  CIRCUIT_OPEN("circuit-open"),
  OVERLOADED("overloaded"),
  REFUSED_REDIRECT("refused-redirect"),
  DENIED("denied");

  private final String key;

  FailureReason(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }
}
