package io.wholechart.audit;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of an emergency whose records can be kept nowhere. */
public enum EmergencyPolicy {
  @JsonProperty("deny")
  DENY,
  /** It is answered, within bounds, and what is known of it afterwards is a number and hashes. */
  @JsonProperty("serve-bounded")
  SERVE_BOUNDED
}
