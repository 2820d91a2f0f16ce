package io.wholechart.token;

import io.wholechart.access.Permit;
import io.wholechart.access.Refusal;
import java.time.Instant;

/** What came of looking at a token. */
sealed interface Verdict {
  /**
   * It is believed.
   *
   * @param until when it must be looked at again
   */
  record Permitted(Permit permit, Instant until) implements Verdict {}

  record Refused(Refusal reason) implements Verdict {}

  static Verdict refused(Refusal reason) {
    return new Refused(reason);
  }
}
