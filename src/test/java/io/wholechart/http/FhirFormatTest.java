package io.wholechart.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON unless XML is wanted more; neither where neither is wanted. */
class FhirFormatTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/fhir+json | JSON",
        "application/fhir+xml | XML",
        "Application/FHIR+XML | XML",
        "application/json | JSON",
        "text/xml | XML",
        "*/* | JSON",
        "application/* | JSON",
        "text/html, */*;q=0.1 | JSON",
        "text/html, application/xhtml+xml, application/xml;q=0.9 | XML",
        "application/fhir+xml;q=1.0, application/fhir+json;q=1.0 | JSON",
        "application/fhir+json;q=0.5, application/fhir+xml;q=0.9 | XML",
        "application/fhir+xml; charset=UTF-8 | XML",
        "application/fhir+json; fhirVersion=4.0 | JSON",
        "application/fhir+json; fhirVersion=5.0 | none",
        "application/fhir+json; fhirVersion=5.0, application/fhir+xml | XML",
        "application/fhir+json;q=0 | none",
        "application/fhir+json;q=nonsense | JSON",
        "text/turtle | none",
        "; | none",
      })
  void theHeaderChooses(String accept, String expected) {
    assertThat(
            FhirFormat.negotiate(Optional.empty(), List.of(accept)).map(Enum::name).orElse("none"))
        .isEqualTo(expected);
  }

  @Test
  void theParameterOutranksTheHeader() {
    List<String> json = List.of("application/fhir+json");
    for (String asked : List.of("xml", "application/fhir+xml", "application/fhir xml")) {
      assertThat(FhirFormat.negotiate(Optional.of(asked), json)).contains(FhirFormat.XML);
    }
    assertThat(FhirFormat.negotiate(Optional.of("ttl"), json)).isEmpty();
    assertThat(FhirFormat.negotiate(Optional.empty(), List.of())).contains(FhirFormat.JSON);
  }
}
