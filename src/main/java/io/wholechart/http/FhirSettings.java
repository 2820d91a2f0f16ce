package io.wholechart.http;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code fhir}: the FHIR face.
 *
 * @param baseUrl the base of full URLs and of links to further pages; null for the host that the
 *     caller asked
 * @param keepPages how long the further pages of an answer can be asked for
 * @param pageMemory the most bytes of such pages that are held, over all callers
 */
public record FhirSettings(@Nullable URI baseUrl, Duration keepPages, int pageMemory) {
  public FhirSettings {
    if (baseUrl != null) {
      String scheme = baseUrl.getScheme();
      boolean isPlain =
          ("http".equals(scheme) || "https".equals(scheme))
              && baseUrl.getHost() != null
              && baseUrl.getRawQuery() == null
              && baseUrl.getRawFragment() == null
              && baseUrl.getRawUserInfo() == null
              && !baseUrl.toString().endsWith("/");
      if (!isPlain) {
        throw new IllegalArgumentException(
            "baseUrl is not an http or https URL such as https://chart.example/fhir");
      }
    }
    if (!keepPages.isPositive() || keepPages.compareTo(Duration.ofMinutes(15)) > 0) {
      throw new IllegalArgumentException("keepPages must be longer than zero and at most 15m");
    }
    if (pageMemory < 0) {
      throw new IllegalArgumentException("pageMemory must not be negative");
    }
  }
}
