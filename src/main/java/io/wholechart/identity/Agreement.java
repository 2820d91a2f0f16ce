package io.wholechart.identity;

/** How two statements about one thing go together. */
enum Agreement {
  SAME,
  /** They differ as by a slip of the hand. */
  CLOSE,
  DIFFERENT,
  /** One of them was not made, or says nothing. */
  UNKNOWN;

  /** Whether they may as well be one statement, spelled twice. */
  boolean isAlike() {
    return this == SAME || this == CLOSE;
  }
}
