package io.wholechart.access;

/**
 * The block {@code access}.
 *
 * @param mode how it is found out who asks
 */
public record AccessSettings(Mode mode) {
  /** How it is found out who asks. */
  public enum Mode {
    /** It is not, and only this machine can connect. */
    LOOPBACK
  }
}
