package io.wholechart.identity;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of entries that may be another patient's. */
public enum SuspectRule {
  @JsonProperty("withhold")
  WITHHOLD,
  /** They are shown, and each says that it is suspect. */
  @JsonProperty("show")
  SHOW
}
