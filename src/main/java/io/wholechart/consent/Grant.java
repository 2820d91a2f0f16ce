package io.wholechart.consent;

import java.time.Instant;

/** That a glass is broken: why, and until when. */
public record Grant(String code, String reason, Instant until) {
  /** As the audit log has it. */
  public String words() {
    return code + "; " + reason;
  }

  @Override
  public String toString() {
    return "Grant[" + code + "]"; // a reason may name anybody
  }
}
