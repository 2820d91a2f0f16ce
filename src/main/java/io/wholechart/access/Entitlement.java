package io.wholechart.access;

/** What a caller may do beyond reading charts; each is given by scopes or roles of their own. */
public enum Entitlement {
  /** To ask as an emergency, which is a matter of time and never of what is shown. */
  EMERGENCY,
  /** To read past consent and labels, with a reason, reviewed afterwards. */
  BREAK_GLASS,
  /** To read the audit log, which tells of every patient who was ever asked for. */
  AUDIT
}
