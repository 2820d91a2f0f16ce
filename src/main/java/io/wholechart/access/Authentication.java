package io.wholechart.access;

/** What came of asking who somebody is. */
public sealed interface Authentication {
  record Accepted(Permit permit) implements Authentication {}

  record Refused(Refusal reason) implements Authentication {}
}
