package io.wholechart.journal;

/** Why a line does not follow the one before it, in words of no patient. */
record Fault(Kind kind, String what) {
  enum Kind {
    ALTERED,
    /** Lines are missing before it. */
    GAP,
    /** It goes on from another line than the one before it. */
    FORKED,
    /** It is of another node or key epoch than its file. */
    WRONG_EPOCH
  }

  static Fault altered(String what) {
    return new Fault(Kind.ALTERED, what);
  }
}
