package io.wholechart.audit;

/** Where records go now, from the best to none. */
public enum Keeping {
  JOURNAL,
  /** Those of emergencies, to the spool; others nowhere, so that nothing else is answered. */
  SPOOL,
  /** Those of emergencies, counted in memory alone; others nowhere. */
  VOLATILE,
  NONE;

  /** As metrics and the readiness check name it. */
  public String key() {
    return switch (this) {
      case JOURNAL -> "journal";
      case SPOOL -> "spool";
      case VOLATILE -> "volatile";
      case NONE -> "none";
    };
  }
}
