package io.wholechart.patient;

import java.util.List;

/**
 * What sources disagree on. It is listed, never settled: every entry of it stays in the record as
 * it is.
 *
 * @param section where its entries stand
 * @param element the FHIR element in which they differ: {@code birthDate}
 */
public record Conflict(Section section, Kind kind, String element, List<Claim> claims) {

  /** In what way they disagree. */
  public enum Kind {
    /** Who the patient is. */
    DEMOGRAPHICS("different-demographics"),
    /** One asserts that there is nothing, another has something. What there is stands. */
    NONE_KNOWN("none-known-beside-entry"),
    /** One says that a drug, a condition or an allergy is active, another that it is not. */
    STATUS("different-status"),
    /** The same test at the same time with different values. */
    VALUE("different-value"),
    /**
     * The same test at the same time in different units. The values may well be one and the same;
     * that would take a conversion to say.
     */
    UNIT("different-unit"),
    /** The same drug, prescribed at the same time, with different words for how to take it. */
    DOSAGE("different-dosage");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /**
   * One value, who says so, and where.
   *
   * @param entries which of the record's entries say it
   */
  public record Claim(String value, List<String> sources, List<Entry> entries) {
    public Claim {
      sources = List.copyOf(sources);
      entries = List.copyOf(entries);
    }

    @Override
    public String toString() {
      return "Claim[withheld]";
    }
  }

  public Conflict {
    claims = List.copyOf(claims);
    if (claims.size() < 2) {
      throw new IllegalArgumentException("a conflict has at least two sides");
    }
  }
}
