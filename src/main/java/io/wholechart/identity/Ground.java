package io.wholechart.identity;

/** By what an entry was told to be another's, or maybe another's; kinds, and never values. */
public enum Ground {
  REFERENCE("reference"),
  IDENTIFIER("identifier"),
  BIRTH_DATE("birth date"),
  GIVEN_NAME("given name"),
  FAMILY_NAME("family name"),
  SEX("sex");

  private final String words;

  Ground(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
