package io.wholechart.access;

/** Who may read the audit log itself, which tells of every patient who was ever asked for. */
public interface Auditors {
  boolean include(Caller caller);
}
