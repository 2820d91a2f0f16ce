package io.wholechart.admission;

/** What becomes of a request that asks for a place. */
public sealed interface Entry {
  /** It is served, and must give the place back. */
  record Admitted(Place place) implements Entry {}

  /** It is not served, and nothing was asked for it. */
  record Shed() implements Entry {}
}
