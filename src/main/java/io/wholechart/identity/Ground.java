package io.wholechart.identity;

/** By what an entry was told to be another's, or maybe another's; kinds, and never values. */
public enum Ground {
  REFERENCE,
  IDENTIFIER,
  BIRTH_DATE,
  GIVEN_NAME,
  FAMILY_NAME,
  SEX
}
