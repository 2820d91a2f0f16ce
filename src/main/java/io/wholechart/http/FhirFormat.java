package io.wholechart.http;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How a resource is written on the FHIR routes. */
enum FhirFormat {
  JSON("application/fhir+json"),
  XML("application/fhir+xml");

  private static final Map<String, FhirFormat> BY_NAME =
      Map.ofEntries(
          Map.entry("application/fhir+json", JSON),
          Map.entry("application/json+fhir", JSON), // DSTU2's, which clients still list
          Map.entry("application/json", JSON),
          Map.entry("text/json", JSON),
          Map.entry("json", JSON),
          Map.entry("application/*", JSON),
          Map.entry("*/*", JSON),
          Map.entry("application/fhir+xml", XML),
          Map.entry("application/xml+fhir", XML),
          Map.entry("application/xml", XML),
          Map.entry("text/xml", XML),
          Map.entry("text/*", XML),
          Map.entry("xml", XML));

  private final String mediaType;

  FhirFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  String contentType() {
    return mediaType + ";charset=UTF-8";
  }

  /** Media types that a client may name. */
  static String offered() {
    return JSON.mediaType + " and " + XML.mediaType;
  }

  /**
   * Chooses what to write (R4, section 3.1.0.1.9); empty where the client takes nothing of ours.
   *
   * @param asked {@code _format}, which outranks the header
   * @param accepted the values of {@code Accept}; none is anything
   */
  static Optional<FhirFormat> negotiate(Optional<String> asked, List<String> accepted) {
    if (asked.isPresent()) {
      return Range.read(asked.get().replace(' ', '+')).flatMap(Range::format); // + in a query
    }
    List<Range> ranges =
        accepted.stream()
            .flatMap(header -> List.of(header.split(",")).stream())
            .flatMap(text -> Range.read(text).stream())
            .filter(range -> range.format().isPresent())
            .toList();
    // Of two that are wanted alike it is JSON, which is what sources sent, byte for byte.
    return accepted.isEmpty()
        ? Optional.of(JSON)
        : ranges.stream()
            .max(
                Comparator.<Range>comparingDouble(Range::quality)
                    .thenComparing(range -> range.format().equals(Optional.of(JSON))))
            .flatMap(Range::format);
  }

  /** One range of {@code Accept} (RFC 9110, section 12.5.1), as far as we tell them apart. */
  private record Range(String type, double quality, boolean isOurVersion) {
    static Optional<Range> read(String text) {
      String[] parts = text.split(";", -1);
      double quality = 1;
      boolean isOurVersion = true;
      for (int i = 1; i < parts.length; i++) {
        String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
        if (parameter.startsWith("q=")) {
          quality = quality(parameter.substring(2));
        } else if (parameter.startsWith("fhirversion=")) {
          isOurVersion = parameter.equals("fhirversion=4.0");
        }
      }
      return quality > 0
          ? Optional.of(new Range(parts[0].strip().toLowerCase(Locale.ROOT), quality, isOurVersion))
          : Optional.empty();
    }

    Optional<FhirFormat> format() {
      return isOurVersion ? Optional.ofNullable(BY_NAME.get(type)) : Optional.empty();
    }

    private static double quality(String text) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        return 1;
      }
    }
  }
}
