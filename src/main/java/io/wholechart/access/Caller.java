package io.wholechart.access;

/** Who asks, as far as the audit log is concerned. */
public record Caller(String name) {
  public static final Caller ANONYMOUS = new Caller("anonymous");
}
