package io.wholechart.summary;

import java.util.Optional;

/** The edition of the International Patient Summary that a document is by. */
public enum Edition {
  /** A section without entries has an entry that says "no information". */
  STU1("1.1.0"),
  /** A section without entries has an {@code emptyReason}. */
  STU2("2.0.0");

  /** The canonical URL of the document's profile, the same in all editions. */
  public static final String PROFILE =
      "http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips";

  private final String version;

  Edition(String version) {
    this.version = version;
  }

  /** The canonical URL with the version. */
  public String profile() {
    return PROFILE + "|" + version;
  }

  public String version() {
    return version;
  }

  public static Optional<Edition> ofProfile(String canonical) {
    for (Edition edition : values()) {
      if (edition.profile().equals(canonical)) {
        return Optional.of(edition);
      }
    }
    return Optional.empty();
  }
}
