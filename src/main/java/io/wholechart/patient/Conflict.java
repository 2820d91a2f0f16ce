package io.wholechart.patient;

import java.util.List;

/**
 * Sources that disagree on an element. It is listed, never settled.
 *
 * @param element the FHIR element: {@code birthDate}
 */
public record Conflict(String element, List<Claim> claims) {
  /** One value, and who says so. */
  public record Claim(String value, List<String> sources) {
    public Claim {
      sources = List.copyOf(sources);
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
