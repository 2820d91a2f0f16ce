package io.wholechart.access;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The block {@code access}.
 *
 * @param mode how it is found out who asks
 */
public record AccessSettings(Mode mode) {
  /** How it is found out who asks. */
  public enum Mode {
    /** It is not, and only this machine can connect. */
    @JsonProperty("loopback")
    LOOPBACK
  }
}
