package io.wholechart.identity;

/** What the ids and identifiers of a Patient say, before anything else of it is looked at. */
enum Standing {
  /** It bears an id that was asked for, or an identifier that is known to be the patient's. */
  BEARER,
  /** It bears a number of theirs, and nobody says that it is of the same system. */
  WEAK,
  /** It bears neither an id nor an identifier. */
  NAMELESS,
  /** It bears identifiers of systems alone that nobody else bears one of. */
  FOREIGN,
  /** It bears another id. */
  OTHER
}
