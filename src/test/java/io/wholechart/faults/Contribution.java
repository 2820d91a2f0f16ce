package io.wholechart.faults;

/** What a source adds to a chart. */
public enum Contribution {
  /** All that it holds. */
  WHOLE,
  /** It answered, and holds nothing. */
  NOTHING_TO_ADD,
  /** It did not answer whole, so that nobody knows what it holds. */
  MISSING
}
