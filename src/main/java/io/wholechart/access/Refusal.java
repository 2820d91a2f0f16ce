package io.wholechart.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why somebody is not let in. It never says what stood in a token, and of one that is not believed
 * not even what gave it away: whoever forges them would try until it does.
 */
public enum Refusal {
  NO_TOKEN(null, "an access token is needed: Authorization: Bearer"),
  BAD_HEADER("invalid_request", "one Authorization header is read, of one Bearer token"),
  TOO_LONG("invalid_token", "the token is longer than is read"),
  MALFORMED("invalid_token", "the token cannot be read"),
  NOT_TRUSTED("invalid_token", "the token is not trusted here"),
  EXPIRED("invalid_token", "the token has expired"),
  NOT_YET_VALID("invalid_token", "the token is not valid yet"),
  WRONG_AUDIENCE("invalid_token", "the token is for another service"),
  NO_PATIENT("invalid_token", "the token has patient/ scopes and does not say of which patient"),
  ISSUER_UNAVAILABLE(null, "who issued the token cannot be asked about it now");

  private final @Nullable String error;
  private final String words;

  Refusal(@Nullable String error, String words) {
    this.error = error;
    this.words = words;
  }

  /** The word for it among our metrics. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** RFC 6750, section 3.1; null where nothing is wrong with what was shown. */
  public @Nullable String error() {
    return error;
  }

  public String words() {
    return words;
  }

  /** RFC 6750, section 3: how to be let in. */
  public String challenge() {
    return error == null
        ? "Bearer realm=\"wholechart\""
        : "Bearer realm=\"wholechart\", error=\""
            + error
            + "\", error_description=\""
            + words
            + "\"";
  }
}
